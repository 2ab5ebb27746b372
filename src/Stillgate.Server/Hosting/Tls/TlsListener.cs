using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stillgate.Gateway.Clients;
using Stillgate.Parties.Network;

namespace Stillgate.Server.Hosting.Tls;

/// <summary>Listens with TLS, HTTP/1.1 and HTTP/2, and notes the fingerprint of each connection's ClientHello before it is answered.</summary>
internal static class TlsListener
{
    public static void UseTls(this ListenOptions listen, ServerCertificate certificate)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(https =>
        {
            https.ServerCertificateSelector = (_, _) => certificate.Context.TargetCertificate;
            https.OnAuthenticate = (_, session) =>
            {
                // The context carries the chain, which the selected certificate alone does not; the platform takes one or the other.
                session.ServerCertificateSelectionCallback = null;
                session.ServerCertificateContext = certificate.Context;
            };
            https.TlsClientHelloBytesCallback = Note;
        });
    }

    /// <summary>Notes the fingerprint; nothing where the bytes cannot be read, which is the handshake's to refuse.</summary>
    private static void Note(ConnectionContext connection, ReadOnlySequence<byte> bytes)
    {
        var status = ClientHello.TryRead(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray(), out var hello);
        if (status == ClientHelloStatus.Read)
        {
            connection.Features.Set(new TlsClientFeature(Ja4.Of(hello!)));
        }
    }
}
