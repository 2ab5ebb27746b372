using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Stillgate.Gateway.Clients;

/// <summary>Reads the address of a hop as proxies write it. Anything that the platform would guess at is not read: a wrong address on the record is worse than none.</summary>
internal static class HopAddress
{
    private const int PortDigitsMax = 5;

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.1:443</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c> or <c>[2001:db8::1]:443</c>. IPv4 within IPv6 comes out as IPv4.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            if (end < 0 || !IsPortOrNothing(text[(end + 1)..]) || !text[1..end].Contains(':'))
            {
                return false;
            }

            text = text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            var colon = text.IndexOf(':');
            if (!IsPortOrNothing(text[colon..]))
            {
                return false;
            }

            text = text[..colon];
        }

        if (!TryParsePlain(text, out var whole))
        {
            return false;
        }

        address = Plain(whole);
        return true;
    }

    /// <summary>Reads an address without a port: of IPv4 only in its one usual spelling, of IPv6 without a zone.</summary>
    public static bool TryParsePlain(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Contains('%') || text.Contains('[') || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        // 10.1, 0x7f000001 and 010.0.0.1 are addresses to the platform, and each another one to some other program.
        if (parsed.AddressFamily == AddressFamily.InterNetwork && !text.SequenceEqual(parsed.ToString()))
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>The address, IPv4 within IPv6 as IPv4.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static bool IsPortOrNothing(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text[0] == ':' && text.Length is > 1 and <= PortDigitsMax + 1 && text[1..].IndexOfAnyExceptInRange('0', '9') < 0);
}
