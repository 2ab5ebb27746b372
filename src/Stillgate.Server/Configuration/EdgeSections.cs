using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Stillgate.Gateway.Clients;
using Stillgate.Server.Hosting.Tls;

namespace Stillgate.Server.Configuration;

/// <summary>Reads what concerns the gateway's edges: its certificate, the proxies before it, and whom its providers' certificates may come from.</summary>
internal static class EdgeSections
{
    private const int NetworkCountMax = 1024;

    public static TlsOptions? ReadTls(ConfigSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var (certificate, key) = (section.Text("certificate"), section.Text("key"));
        if (certificate is null && !section.Has("certificate"))
        {
            section.Reject("certificate", "missing: a PEM file with the certificate and its issuers");
        }

        if (key is null && !section.Has("key"))
        {
            section.Reject("key", "missing: a PEM file with the certificate's private key");
        }

        section.RejectUnknown();
        return certificate is null || key is null ? null : new TlsOptions(certificate, key);
    }

    public static TrustedProxyOptions ReadProxies(ConfigSection? section)
    {
        if (section is null)
        {
            return new TrustedProxyOptions();
        }

        var texts = section.Texts("networks") ?? [];
        var networks = new List<IPNetwork>();
        for (var i = 0; i < texts.Count; i++)
        {
            if (TrustedProxyOptions.TryParseNetwork(texts[i], out var network))
            {
                networks.Add(network);
            }
            else
            {
                section.Reject("networks", $"entry {i + 1}, '{texts[i]}': expected an address or a network such as 10.0.0.0/8, without bits past its prefix, and not everybody's");
            }
        }

        if (texts.Count is 0 or > NetworkCountMax)
        {
            section.Reject("networks", $"expected 1 to {NetworkCountMax} networks of the proxies, as a list");
        }

        var header = section.Choice("header", "x-forwarded-for", "forwarded") == "forwarded" ? ProxyHeader.Forwarded : ProxyHeader.XForwardedFor;
        section.RejectUnknown();
        return new TrustedProxyOptions { Networks = networks, Header = header };
    }

    public static X509Certificate2Collection? ReadRoots(ConfigSection section, string name)
    {
        if (section.Text(name) is not { } path)
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
            if (roots.Count == 0)
            {
                section.Reject(name, $"{path} holds no certificate; expected PEM");
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            section.Reject(name, $"{path} cannot be read as certificates in PEM: {cause.Message}");
        }

        return roots;
    }
}
