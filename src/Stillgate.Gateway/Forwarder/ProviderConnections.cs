using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The pool of connections to providers. It follows no redirect, keeps no cookie, decodes nothing and uses no proxy.</summary>
internal sealed class ProviderConnections : IDisposable
{
    public ProviderConnections(TimeoutOptions timeouts, X509Certificate2Collection? roots)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            ConnectTimeout = timeouts.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (roots is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = new ProviderTrust(roots).IsTrusted;
        }

        Client = new HttpMessageInvoker(new HeldBodyHandler(handler));
    }

    public HttpMessageInvoker Client { get; }

    public void Dispose() => Client.Dispose();
}
