using System.Collections.Frozen;

namespace Stillgate.Gateway.Authentication;

/// <summary>
/// Keys as an immutable snapshot of hashes that is swapped whole when the store changes. With open mode on, a key that is not in
/// it belongs to the account that its own hash names.
/// </summary>
public sealed class KeyDirectory : IKeyDirectory
{
    private readonly byte[] _secret;
    private readonly bool _open;
    private FrozenDictionary<KeyHash, ApiKey> _keys = FrozenDictionary<KeyHash, ApiKey>.Empty;

    /// <summary>Creates a directory without keys.</summary>
    /// <param name="secret">The store's secret.</param>
    /// <param name="open">Whether any key is accepted.</param>
    public KeyDirectory(ReadOnlySpan<byte> secret, bool open)
    {
        _secret = secret.ToArray();
        _open = open;
    }

    /// <summary>Puts a new set of keys in place of the last. In force for the next request.</summary>
    /// <param name="keys">Every key that is valid.</param>
    public void Replace(IEnumerable<KeyValuePair<KeyHash, ApiKey>> keys) => Volatile.Write(ref _keys, keys.ToFrozenDictionary());

    /// <inheritdoc/>
    public object Snapshot => Volatile.Read(ref _keys);

    /// <inheritdoc/>
    public ApiKey? Find(ReadOnlySpan<char> presented)
    {
        if (presented.IsEmpty || presented.Length > KeyHash.KeyCharsMax)
        {
            return null;
        }

        // The table is keyed by HMAC under a secret: a lookup's time tells nothing of the keys that are close to the one presented.
        var hash = KeyHash.Of(_secret, presented);
        if (Volatile.Read(ref _keys).TryGetValue(hash, out var key))
        {
            return key;
        }

        return _open ? new ApiKey("open-" + hash.ShortText(), "open-" + hash.ShortText(), Organization: null) : null;
    }
}
