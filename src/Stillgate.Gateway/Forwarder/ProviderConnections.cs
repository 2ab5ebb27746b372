using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The pool of connections to providers. It follows no redirect, keeps no cookie, decodes nothing and uses no proxy.</summary>
internal sealed class ProviderConnections : IDisposable
{
    private readonly SocketsHttpHandler _handler;

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
            ConnectCallback = static (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
        };
        if (roots is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = new ProviderTrust(roots).IsTrusted;
        }

        _handler = handler;
        Client = new HttpMessageInvoker(handler);
    }

    /// <summary>For requests without a body.</summary>
    public HttpMessageInvoker Client { get; }

    /// <summary>For one request with this body.</summary>
    public HttpMessageInvoker ClientOf(HeldBody body) => new HeldBodyInvoker(_handler, body);

    public void Dispose() => Client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint provider, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(provider, cancellation);
            return new GatheringStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
