using System.Security.Cryptography;

namespace Stillgate.Policy.Bundles;

/// <summary>Keys that sign policies: ECDSA over P-256, as PEM.</summary>
public static class SigningKeys
{
    /// <summary>Makes a key.</summary>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Reads a private or a public key.</summary>
    /// <param name="pem">PEM text.</param>
    /// <returns>The key, or null where the text holds none over P-256.</returns>
    public static ECDsa? TryRead(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256)
            {
                return key;
            }
        }
        catch (Exception cause) when (cause is ArgumentException or CryptographicException)
        {
            // Told by the result.
        }

        key.Dispose();
        return null;
    }

    /// <summary>The name of a key: the beginning of the SHA-256 of its public half.</summary>
    public static string FingerprintOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32];
}
