using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Stillgate.Gateway.Clients;

/// <summary>
/// Tells where a request comes from. The peer of the connection is believed; what a header says only where every hop that vouches for it is a
/// trusted proxy. What a trusted proxy passes on and cannot be read leaves the address unknown: the proxy's own would be false.
/// </summary>
internal sealed class ClientAddresses(TrustedProxyOptions options)
{
    /// <summary>Hops that are followed. A longer chain was not written by anybody's proxies.</summary>
    public const int HopCountMax = 32;

    private readonly string _header = options.Header == ProxyHeader.Forwarded ? "Forwarded" : "X-Forwarded-For";

    public ClientConnection Of(HttpContext context)
    {
        var peer = HopAddress.Plain(context.Connection.RemoteIpAddress);
        if (peer is not null && options.IsTrusted(peer) && context.Request.Headers.TryGetValue(_header, out var lines) && TryFollow(lines, out var client))
        {
            return new ClientConnection(client, Tls: null);
        }

        return new ClientConnection(peer, context.Features.Get<TlsClientFeature>()?.Ja4);
    }

    /// <summary>Walks the chain from the right to the first hop that is not a proxy's; false where the header names nobody.</summary>
    private bool TryFollow(StringValues lines, out IPAddress? client)
    {
        client = null;
        var hopCount = 0;
        for (var line = lines.Count - 1; line >= 0; line--)
        {
            var rest = lines[line].AsSpan();
            while (ForwardedChain.TryTakeLast(ref rest, ',', out var element))
            {
                // An empty element of a list counts for nothing (RFC 9110, section 5.6.1).
                if (element.IsEmpty)
                {
                    continue;
                }

                if (++hopCount > HopCountMax || !TryRead(element, out client))
                {
                    client = null;
                    return true;
                }

                if (!options.IsTrusted(client))
                {
                    return true;
                }
            }
        }

        // Proxies all along: the outermost of them asks for itself.
        return hopCount > 0;
    }

    private bool TryRead(ReadOnlySpan<char> element, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return options.Header == ProxyHeader.Forwarded
            ? ForwardedChain.TryReadFor(element, out var value) && HopAddress.TryParse(value, out address)
            : HopAddress.TryParse(element, out address);
    }
}
