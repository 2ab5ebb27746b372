using System.Runtime.InteropServices;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// The anchors that an account uses again and again: Space-Saving (Metwally et al., ICDT 2005) over 48-bit anchors. What the account
/// uses once never gets here: <see cref="RepeatFilter"/> holds it back.
/// </summary>
internal sealed class HeavyAnchors
{
    /// <summary>Anchors kept at most.</summary>
    public const int SlotsMax = 40;

    private const int CountBits = 16;
    private const ulong CountMask = (1UL << CountBits) - 1;

    // 48 bits of anchor above 16 bits of count.
    private ulong[] _slots = [];
    private int _used;

    /// <summary>Counts a use.</summary>
    /// <returns>Uses counted so far: an upper bound where the slot was taken over from another anchor.</returns>
    public int Use(ulong anchor)
    {
        var tagged = anchor << CountBits;
        var slots = _slots.AsSpan(0, _used);
        for (var i = 0; i < slots.Length; i++)
        {
            if ((slots[i] & ~CountMask) == tagged)
            {
                if ((slots[i] & CountMask) < CountMask)
                {
                    slots[i]++;
                }

                var count = (int)(slots[i] & CountMask);
                Highest = Math.Max(Highest, count);
                return count;
            }
        }

        return Insert(tagged);
    }

    /// <summary>Uses of an anchor counted so far, 0 where it is not kept.</summary>
    public int UsesOf(ulong anchor)
    {
        foreach (var slot in _slots.AsSpan(0, _used))
        {
            if (slot >> CountBits == (anchor & (ulong.MaxValue >> CountBits)))
            {
                return (int)(slot & CountMask);
            }
        }

        return 0;
    }

    /// <summary>Uses of the anchor that is used most.</summary>
    public int Highest { get; private set; }

    /// <summary>Writes the anchors that make up a good part of what the account sends, with their share of the most used one.</summary>
    /// <param name="shareMin">Least share.</param>
    /// <param name="anchors">Receives the anchors; room for <see cref="SlotsMax"/>.</param>
    /// <param name="shares">Receives their shares.</param>
    /// <returns>How many there are.</returns>
    public int Collect(double shareMin, Span<ulong> anchors, Span<double> shares)
    {
        var count = 0;
        foreach (var slot in _slots.AsSpan(0, _used))
        {
            var share = (double)(slot & CountMask) / Math.Max(1, Highest);
            if (share >= shareMin)
            {
                (anchors[count], shares[count]) = (slot >> CountBits, share);
                count++;
            }
        }

        return count;
    }

    /// <summary>Adds the uses of each anchor to those that others have made of it.</summary>
    public void AddTo(Dictionary<ulong, long> uses)
    {
        foreach (var slot in _slots.AsSpan(0, _used))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(uses, slot >> CountBits, out _) += (long)(slot & CountMask);
        }
    }

    /// <summary>Writes the slots in their order, which decides which of the least used makes room.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_used);
        into.Number((ulong)Highest);
        foreach (var slot in _slots.AsSpan(0, _used))
        {
            into.Number(slot & CountMask);
            into.Word48(slot >> CountBits);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static HeavyAnchors Read(ref StateReader from)
    {
        var used = from.Count(SlotsMax);
        var heavy = new HeavyAnchors { _used = used, Highest = from.Count(int.MaxValue), _slots = used == 0 ? [] : new ulong[used] };
        for (var i = 0; i < used; i++)
        {
            heavy._slots[i] = (uint)from.Count((int)CountMask) | (from.Word48() << CountBits);
        }

        return heavy;
    }

    private int Insert(ulong tagged)
    {
        if (_used < SlotsMax)
        {
            if (_used == _slots.Length)
            {
                // By half: nothing is gained from room that most accounts never use.
                Array.Resize(ref _slots, Math.Min(SlotsMax, Math.Max(4, _used + (_used / 2))));
            }

            // The filter has seen it once before: this is its second use.
            _slots[_used++] = tagged | 2;
            return 2;
        }

        var least = LeastSlot();
        var count = Math.Min((_slots[least] & CountMask) + 1, CountMask);
        _slots[least] = tagged | count;
        return 2;
    }

    private int LeastSlot()
    {
        var least = 0;
        for (var i = 1; i < _used; i++)
        {
            if ((_slots[i] & CountMask) < (_slots[least] & CountMask))
            {
                least = i;
            }
        }

        return least;
    }
}
