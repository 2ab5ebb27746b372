using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// Remembers which (account, anchor) pairs were seen once: two Bloom filters that take turns (Bloom 1970). With few accounts their memory is fixed;
/// past that a new filter is larger, so that what a light account did some millions of exchanges ago is still known. A
/// false positive lets an anchor be counted one use too early and does no other harm.
/// </summary>
/// <param name="log2Bits">Binary logarithm of the bits of a filter at first, 6 to <paramref name="log2BitsMax"/>.</param>
/// <param name="log2BitsMax">And at most.</param>
internal sealed class RepeatFilter(int log2Bits, int log2BitsMax)
{
    // Pairs that an account makes before it comes back to one of them: seven anchors an exchange, a dozen exchanges.
    private const long PairsPerAccount = 80;

    private BloomFilter _young = new(log2Bits);
    private BloomFilter _old = new(log2Bits);
    private int _accounts;

    /// <summary>Notes the pair.</summary>
    /// <param name="account">Index of the account; the accounts before it are how many there are.</param>
    /// <param name="anchor">The anchor.</param>
    /// <returns>Whether it was noted before.</returns>
    public bool SeenBefore(int account, ulong anchor)
    {
        var hash = (anchor ^ ((ulong)account * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        if (_young.Has(hash))
        {
            return true;
        }

        _accounts = Math.Max(_accounts, account + 1);
        if (_young.IsFull)
        {
            (_young, _old) = (Renew(), _young);
        }

        _young.Add(hash);
        return _old.Has(hash);
    }

    /// <summary>Writes both filters; a run of empty words takes a byte or two.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_accounts);
        _young.Write(into);
        _old.Write(into);
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        _accounts = from.Count(int.MaxValue);
        _young = BloomFilter.Read(ref from, log2Bits, log2BitsMax);
        _old = BloomFilter.Read(ref from, log2Bits, log2BitsMax);
    }

    // The old one's memory is used again where it is large enough.
    private BloomFilter Renew()
    {
        var size = _young.Log2Bits;
        while (size < log2BitsMax && BloomFilter.Capacity(size) < PairsPerAccount * _accounts)
        {
            size++;
        }

        if (_old.Log2Bits != size)
        {
            return new BloomFilter(size);
        }

        _old.Clear();
        return _old;
    }
}
