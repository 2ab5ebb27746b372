using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillgate.Gateway.Authentication;

/// <summary>
/// A key's HMAC-SHA256 under the store's secret, in which form alone keys are stored. A stolen list of them cannot be used
/// against the gateway, nor tried against guesses without the secret.
/// </summary>
/// <param name="A">Bytes 0 to 7.</param>
/// <param name="B">Bytes 8 to 15.</param>
/// <param name="C">Bytes 16 to 23.</param>
/// <param name="D">Bytes 24 to 31.</param>
public readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Longest key that is looked at, in characters; a longer one is nobody's.</summary>
    public const int KeyCharsMax = 512;

    /// <summary>Hashes a key.</summary>
    /// <param name="secret">The store's secret.</param>
    /// <param name="key">The key as presented; at most <see cref="KeyCharsMax"/> characters.</param>
    /// <returns>Its hash.</returns>
    public static KeyHash Of(ReadOnlySpan<byte> secret, ReadOnlySpan<char> key)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyCharsMax, nameof(key));
        Span<byte> utf8 = stackalloc byte[KeyCharsMax * 3];
        var length = Encoding.UTF8.GetBytes(key, utf8);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, utf8[..length], hash);
        return FromBytes(hash);
    }

    /// <summary>Reads a stored hash.</summary>
    /// <param name="hash">32 bytes.</param>
    /// <returns>The hash.</returns>
    public static KeyHash FromBytes(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));

    /// <summary>The first half in hexadecimal: names an account in open mode.</summary>
    /// <returns>16 characters.</returns>
    public string ShortText() => A.ToString("x16", CultureInfo.InvariantCulture);
}
