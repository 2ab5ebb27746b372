using System.Net;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The pool of connections to providers. It follows no redirect, keeps no cookie, decodes nothing and uses no proxy.</summary>
internal sealed class ProviderConnections : IDisposable
{
    public ProviderConnections(TimeoutOptions timeouts)
    {
        Client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            ConnectTimeout = timeouts.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        });
    }

    public HttpMessageInvoker Client { get; }

    public void Dispose() => Client.Dispose();
}
