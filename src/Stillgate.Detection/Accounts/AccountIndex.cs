namespace Stillgate.Detection.Accounts;

/// <summary>
/// From the name of an account to its state, or to what is registered of it until it is seen: 12 bytes a place, by linear probing, since both know their name themselves.
/// Nothing is ever taken out.
/// </summary>
internal sealed class AccountIndex
{
    // At most three places in four are taken; a quarter more places each time that they are.
    private const int LoadNumerator = 3;
    private const int LoadDenominator = 4;
    private const int GrowthDivisor = 4;

    private int[] _hashes = new int[64];
    private object?[] _entries = new object?[64];
    private int _count;

    /// <summary>An account's <see cref="AccountState"/> or <see cref="RegistrationFacts"/>, or null.</summary>
    public object? Find(string account) => _entries[Place(account, Hash(account))];

    /// <summary>Says what is known of an account from now on.</summary>
    /// <param name="account">Its name.</param>
    /// <param name="entry">Its <see cref="AccountState"/> or <see cref="RegistrationFacts"/>, of the same name.</param>
    public void Set(string account, object entry)
    {
        var hash = Hash(account);
        var place = Place(account, hash);
        if (_entries[place] is null)
        {
            if ((_count + 1L) * LoadDenominator > (long)_entries.Length * LoadNumerator)
            {
                Grow();
                place = Place(account, hash);
            }

            _count++;
            _hashes[place] = hash;
        }

        _entries[place] = entry;
    }

    private static int Hash(string account) => account.GetHashCode(StringComparison.Ordinal);

    private static string NameOf(object entry) => entry is AccountState state ? state.Account : ((RegistrationFacts)entry).Account;

    private int Place(string account, int hash)
    {
        var place = First(hash, _entries.Length);
        while (_entries[place] is { } entry && (_hashes[place] != hash || !string.Equals(NameOf(entry), account, StringComparison.Ordinal)))
        {
            place = place + 1 < _entries.Length ? place + 1 : 0;
        }

        return place;
    }

    private static int First(int hash, int places) => (int)((uint)hash * (ulong)places >> 32);

    private void Grow()
    {
        var (hashes, entries) = (_hashes, _entries);
        (_hashes, _entries) = (new int[hashes.Length + (hashes.Length / GrowthDivisor)], new object?[hashes.Length + (hashes.Length / GrowthDivisor)]);
        for (var at = 0; at < entries.Length; at++)
        {
            if (entries[at] is { } entry)
            {
                // No two entries have one name: the first free place is its own.
                var place = First(hashes[at], _entries.Length);
                while (_entries[place] is not null)
                {
                    place = place + 1 < _entries.Length ? place + 1 : 0;
                }

                (_hashes[place], _entries[place]) = (hashes[at], entry);
            }
        }
    }
}
