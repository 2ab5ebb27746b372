namespace Stillgate.Detection.Accounts;

/// <summary>
/// Remembers which (account, anchor) pairs were seen once: two Bloom filters that take turns (Bloom 1970), so that memory is fixed
/// whatever the log's length. A false positive lets an anchor be counted one use too early and does no other harm.
/// </summary>
internal sealed class RepeatFilter(int log2Bits)
{
    private readonly ulong _mask = (1UL << log2Bits) - 1;
    private readonly long _fill = 1L << (log2Bits - 3);
    private ulong[] _young = new ulong[1 << (log2Bits - 6)];
    private ulong[] _old = new ulong[1 << (log2Bits - 6)];
    private long _added;

    /// <summary>Notes the pair.</summary>
    /// <returns>Whether it was noted before.</returns>
    public bool SeenBefore(int account, ulong anchor)
    {
        var hash = (anchor ^ ((ulong)account * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        var first = hash & _mask;
        var second = (hash >> 24 ^ (hash << 13)) & _mask;
        if (Has(_young, first, second))
        {
            return true;
        }

        if (_added >= _fill)
        {
            (_young, _old) = (_old, _young);
            Array.Clear(_young);
            _added = 0;
        }

        _young[first >> 6] |= 1UL << (int)(first & 63);
        _young[second >> 6] |= 1UL << (int)(second & 63);
        _added++;
        return Has(_old, first, second);
    }

    private static bool Has(ulong[] bits, ulong first, ulong second) =>
        (bits[first >> 6] >> (int)(first & 63) & bits[second >> 6] >> (int)(second & 63) & 1) != 0;
}
