using System.Security.Cryptography;
using System.Text;

namespace Stillgate.Detection.Sketching;

/// <summary>
/// The secret under which texts are hashed. Two sketches can be compared only under one key, and without the key a sketch
/// cannot be tested against guessed texts.
/// </summary>
public sealed class SketchKey
{
    private const int SecretBytes = 16;
    private readonly byte[] _secret;

    private SketchKey(byte[] secret)
    {
        _secret = secret;
        Id = "k-" + Convert.ToHexStringLower(SHA256.HashData([.. "stillgate sketch key id"u8, .. secret]).AsSpan(0, 4));
    }

    /// <summary>
    /// The key of analyses of text logs, where the text itself is at hand and nothing is stored: public, and the same everywhere, so
    /// that a published figure can be repeated.
    /// </summary>
    public static SketchKey Public { get; } = new(SHA256.HashData(Encoding.ASCII.GetBytes("stillgate public sketch key, version 1"))[..SecretBytes]);

    /// <summary>Names the key without revealing it; stands beside each stored sketch.</summary>
    public string Id { get; }

    /// <summary>The secret itself, 16 bytes: for storing the key, never for a log.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Makes a key from stored bytes.</summary>
    /// <param name="secret">16 secret bytes.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The length is not 16.</exception>
    public static SketchKey FromSecret(ReadOnlySpan<byte> secret) =>
        secret.Length == SecretBytes ? new SketchKey(secret.ToArray()) : throw new ArgumentException("A sketch key has 16 bytes.", nameof(secret));

    /// <summary>Makes a new key from the system's random source.</summary>
    /// <returns>The key.</returns>
    public static SketchKey Create() => new(RandomNumberGenerator.GetBytes(SecretBytes));
}
