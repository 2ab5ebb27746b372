using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stillgate.Tests.Gateway;

/// <summary>A certificate for the loopback address that signs itself, made for one test.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public TestCertificate(DateTimeOffset? until = null)
    {
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        Whole = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), until ?? DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Whole { get; }

    /// <summary>As one who trusts it has it: without the key.</summary>
    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificate(Whole.RawData)];

    /// <summary>Writes certificate and key into one file, which is put whole in the place of what stood there.</summary>
    public string WriteTo(string path)
    {
        File.WriteAllText(path + ".new", Whole.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem() + "\n");
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    /// <summary>Accepts this certificate alone.</summary>
    public bool IsIt(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) => shown?.GetCertHashString() == Whole.GetCertHashString();

    public void Dispose()
    {
        Whole.Dispose();
        _key.Dispose();
    }
}
