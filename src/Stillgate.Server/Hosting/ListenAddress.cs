using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stillgate.Server.Hosting.Tls;

namespace Stillgate.Server.Hosting;

/// <summary>Where a server of ours listens: on localhost or on an address in numbers, since names are looked up by nobody here.</summary>
internal static class ListenAddress
{
    public static bool IsUsable(Uri listen) => listen.Host == "localhost" || IPAddress.TryParse(Host(listen), out _);

    /// <exception cref="FormatException">The host is a name.</exception>
    public static IPEndPoint EndPointOf(Uri listen) => new(listen.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host(listen)), listen.Port);

    /// <summary>Listens there, with TLS where there is a certificate.</summary>
    public static void ListenAt(this KestrelServerOptions kestrel, Uri listen, ServerCertificate? certificate) => kestrel.Listen(EndPointOf(listen), endPoint =>
    {
        if (certificate is not null)
        {
            endPoint.UseTls(certificate);
        }
    });

    // An IPv6 host of an address stands in brackets.
    private static string Host(Uri listen) => listen.Host.Trim('[', ']');
}
