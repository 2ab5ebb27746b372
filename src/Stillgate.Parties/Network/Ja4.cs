using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillgate.Parties.Network;

/// <summary>
/// JA4, the fingerprint of a TLS client over TCP (FoxIO, BSD-3-Clause). None of the other JA4+ methods is here: their licence does not allow it.
/// </summary>
/// <remarks>
/// A fingerprint names a library, not a person: millions share it, and it is easily imitated. It may show that two statements of one client contradict each other; it
/// identifies nobody.
/// </remarks>
public static class Ja4
{
    private const string NoHash = "000000000000";
    private const ushort ServerName = 0;
    private const ushort Protocols = 16;
    private const int CountMax = 99;

    /// <summary>The fingerprint, for example <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>.</summary>
    public static string Of(ClientHello hello)
    {
        ArgumentNullException.ThrowIfNull(hello);
        var ciphers = WithoutGrease(hello.CipherSuites);
        var extensions = WithoutGrease(hello.Extensions);
        var signatures = WithoutGrease(hello.SignatureAlgorithms);
        var named = Hex(extensions.Where(type => type is not (ServerName or Protocols)).Order());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"t{Version(hello)}{(extensions.Contains(ServerName) ? 'd' : 'i')}{Math.Min(ciphers.Length, CountMax):00}{Math.Min(extensions.Length, CountMax):00}{Protocol(hello.FirstProtocol.Span)}_{Hash(Hex(ciphers.Order()))}_{(named.Length == 0 ? NoHash : Hash(signatures.Length == 0 ? named : named + "_" + Hex(signatures)))}");
    }

    private static string Version(ClientHello hello)
    {
        var supported = WithoutGrease(hello.SupportedVersions);
        return (supported.Length > 0 ? supported.Max() : hello.LegacyVersion) switch
        {
            0x0304 => "13",
            0x0303 => "12",
            0x0302 => "11",
            0x0301 => "10",
            0x0300 => "s3",
            0x0002 => "s2",
            _ => "00",
        };
    }

    private static string Protocol(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
        {
            return "00";
        }

        var (one, last) = ((char)first[0], (char)first[^1]);
        if (char.IsAsciiLetterOrDigit(one) && char.IsAsciiLetterOrDigit(last))
        {
            return string.Concat(one, last);
        }

        var hex = Convert.ToHexStringLower(first);
        return string.Concat(hex[0], hex[^1]);
    }

    // RFC 8701: both bytes the same, and their low half an A.
    private static ushort[] WithoutGrease(IEnumerable<ushort> values) => [.. values.Where(value => (value & 0x0F0F) != 0x0A0A || value >> 8 != (value & 0xFF))];

    private static string Hex(IEnumerable<ushort> values) => string.Join(',', values.Select(value => value.ToString("x4", CultureInfo.InvariantCulture)));

    private static string Hash(string text) => text.Length == 0 ? NoHash : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..12];
}
