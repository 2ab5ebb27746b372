using Stillgate.Detection.State;

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

    /// <summary>Writes both filters; a run of empty words takes a byte or two.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)log2Bits);
        into.Number((ulong)_added);
        Write(into, _young);
        Write(into, _old);
    }

    /// <summary>Takes over what <see cref="Write(StateWriter)"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        if (from.Number() != (ulong)log2Bits)
        {
            throw new StateFormatException("the filter of repeats has another size");
        }

        _added = (long)from.Number();
        Read(ref from, _young);
        Read(ref from, _old);
    }

    private static void Write(StateWriter into, ulong[] bits)
    {
        for (var at = 0; at < bits.Length; at++)
        {
            var next = bits.AsSpan(at).IndexOfAnyExcept(0UL);
            var empty = next < 0 ? bits.Length - at : next;
            into.Number((ulong)empty);
            at += empty;
            if (at < bits.Length)
            {
                into.Word(bits[at]);
            }
        }
    }

    private static void Read(ref StateReader from, ulong[] bits)
    {
        Array.Clear(bits);
        for (var at = 0; at < bits.Length; at++)
        {
            at += from.Count(bits.Length - at);
            if (at < bits.Length)
            {
                bits[at] = from.Word();
            }
        }
    }

    private static bool Has(ulong[] bits, ulong first, ulong second) =>
        (bits[first >> 6] >> (int)(first & 63) & bits[second >> 6] >> (int)(second & 63) & 1) != 0;
}
