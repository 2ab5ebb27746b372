using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>A Bloom filter over 64-bit hashes, two bits a hash (Bloom 1970): full at an eighth of its bits in hashes, where 5 % of others seem to be in it.</summary>
/// <param name="log2Bits">Binary logarithm of its bits, 6 or more.</param>
internal sealed class BloomFilter(int log2Bits)
{
    private readonly ulong _mask = (1UL << log2Bits) - 1;
    private readonly ulong[] _bits = new ulong[1 << (log2Bits - 6)];
    private long _added;

    public int Log2Bits => log2Bits;

    /// <summary>Whether it holds as many hashes as it should.</summary>
    public bool IsFull => _added >= Capacity(log2Bits);

    /// <summary>Hashes that a filter of so many bits should hold.</summary>
    public static long Capacity(int log2Bits) => 1L << (log2Bits - 3);

    public bool Has(ulong hash)
    {
        var (first, second) = Places(hash);
        return (_bits[first >> 6] >> (int)(first & 63) & _bits[second >> 6] >> (int)(second & 63) & 1) != 0;
    }

    public void Add(ulong hash)
    {
        var (first, second) = Places(hash);
        _bits[first >> 6] |= 1UL << (int)(first & 63);
        _bits[second >> 6] |= 1UL << (int)(second & 63);
        _added++;
    }

    public void Clear()
    {
        Array.Clear(_bits);
        _added = 0;
    }

    /// <summary>Writes the filter.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)log2Bits);
        into.Number((ulong)_added);
        for (var at = 0; at < _bits.Length; at++)
        {
            var next = _bits.AsSpan(at).IndexOfAnyExcept(0UL);
            var empty = next < 0 ? _bits.Length - at : next;
            into.Number((ulong)empty);
            at += empty;
            if (at < _bits.Length)
            {
                into.Word(_bits[at]);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="StateFormatException">It is smaller or larger than may be.</exception>
    public static BloomFilter Read(ref StateReader from, int log2BitsMin, int log2BitsMax)
    {
        var size = from.Count(log2BitsMax);
        if (size < log2BitsMin)
        {
            throw new StateFormatException("the filter of repeats has another size");
        }

        var filter = new BloomFilter(size) { _added = (long)from.Number() };
        for (var at = 0; at < filter._bits.Length; at++)
        {
            at += from.Count(filter._bits.Length - at);
            if (at < filter._bits.Length)
            {
                filter._bits[at] = from.Word();
            }
        }

        return filter;
    }

    private (ulong First, ulong Second) Places(ulong hash) => (hash & _mask, (hash >> 24 ^ (hash << 13)) & _mask);
}
