using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Stillgate.Parties.Places;

/// <summary>Addresses as numbers: 32 bits of IPv4, 128 bits of IPv6.</summary>
internal static class AddressNumber
{
    private static readonly SearchValues<char> DigitsAndDots = SearchValues.Create("0123456789.");

    public static (UInt128 Number, bool IsV4) Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out var count);
        return count == 4 ? (BinaryPrimitives.ReadUInt32BigEndian(bytes), true) : (BinaryPrimitives.ReadUInt128BigEndian(bytes), false);
    }

    public static IPAddress Address(UInt128 number, bool isV4)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(isV4 ? bytes[12..] : bytes);
    }

    public static string Text(UInt128 number, bool isV4) => Address(number, isV4).ToString();

    /// <summary>
    /// Reads <c>192.0.2.1</c> or <c>2001:db8::1</c>. Shorthands that the platform takes, such as <c>10.1</c> or <c>0x7f000001</c>, are refused: in a list they are
    /// slips.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 number, out bool isV4)
    {
        (number, isV4) = (0, false);
        if (text.Contains('%') || !IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork && (text.Count('.') != 3 || text.IndexOfAnyExcept(DigitsAndDots) >= 0))
        {
            return false;
        }

        (number, isV4) = Of(address);
        return true;
    }
}
