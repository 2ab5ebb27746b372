using System.Security.Cryptography;
using System.Text;

namespace Stillgate.Gateway.Controls;

/// <summary>
/// The keys of references and of the hashes of conversations, all derived from the store's secret: every process that shares the
/// store has the same, and a restart changes nothing.
/// </summary>
public sealed class ControlKeys
{
    private const int KeyBytes = 32;
    private readonly byte[] _secret;
    private DayKey _last = new(-1, []);

    /// <summary>Creates the keys.</summary>
    /// <param name="secret">The store's secret.</param>
    public ControlKeys(ReadOnlySpan<byte> secret) => _secret = HKDF.Extract(HashAlgorithmName.SHA256, secret.ToArray(), "stillgate controls"u8.ToArray());

    /// <summary>The key that references of a day are sealed with.</summary>
    internal byte[] OfDay(int day)
    {
        var last = _last;
        if (last.Day != day)
        {
            last = new DayKey(day, Derive(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"reference {day}")));
            _last = last;
        }

        return last.Key;
    }

    /// <summary>The key of an account's conversations: hashes of two accounts have nothing in common.</summary>
    internal byte[] OfAccount(string account) => Derive("conversation " + account);

    /// <summary>The key of the hashes in the ledger of biases.</summary>
    internal byte[] OfBiases() => Derive("biases");

    private byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _secret, KeyBytes, Encoding.UTF8.GetBytes(purpose));

    // One reference, so that a reader never sees the day of one key and the bytes of another.
    private sealed record DayKey(int Day, byte[] Key);
}
