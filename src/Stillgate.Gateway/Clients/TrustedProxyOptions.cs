using System.Net;

namespace Stillgate.Gateway.Clients;

/// <summary>Whose word on the client's address is taken. Nobody's by default.</summary>
public sealed record TrustedProxyOptions
{
    /// <summary>The networks of the operator's own proxies.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>The header that they write.</summary>
    public ProxyHeader Header { get; init; }

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c> or a single address. A network of IPv4 within IPv6 is read as one of IPv4.</summary>
    /// <param name="text">The text.</param>
    /// <param name="network">The network.</param>
    /// <returns>False for anything else: shorthands, addresses with bits set past the prefix, and networks of everybody, whose trust would let any client name itself.</returns>
    public static bool TryParseNetwork(string text, out IPNetwork network)
    {
        ArgumentNullException.ThrowIfNull(text);
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!HopAddress.TryParsePlain(slash < 0 ? text : text.AsSpan(0, slash), out var address))
        {
            return false;
        }

        if (slash < 0)
        {
            var single = HopAddress.Plain(address)!;
            network = new IPNetwork(single, single.GetAddressBytes().Length * 8);
            return true;
        }

        // The platform cuts off the bits past the prefix; who wrote them meant something else.
        if (!IPNetwork.TryParse(text, out network) || network.PrefixLength == 0 || !network.BaseAddress.Equals(address))
        {
            return false;
        }

        const int MappedBits = 96;
        if (network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength > MappedBits)
        {
            network = new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedBits);
        }

        return true;
    }

    /// <summary>Whether an address is a trusted proxy's. It is compared as it stands; IPv4 within IPv6 is the caller's to unwrap.</summary>
    internal bool IsTrusted(IPAddress address)
    {
        for (var i = 0; i < Networks.Count; i++)
        {
            if (Networks[i].Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
