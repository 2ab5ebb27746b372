namespace Stillgate.Detection.Accounts;

/// <summary>
/// The anchors that an account uses again and again: Space-Saving (Metwally et al., ICDT 2005) over 48-bit anchors. What the account
/// uses once never gets here: <see cref="RepeatFilter"/> holds it back.
/// </summary>
internal sealed class HeavyAnchors
{
    private const int SlotsMax = 40;
    private const int CountBits = 16;
    private const ulong CountMask = (1UL << CountBits) - 1;

    // 48 bits of anchor above 16 bits of count.
    private ulong[] _slots = new ulong[8];
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

    /// <summary>Uses of the anchor that is used most.</summary>
    public int Highest { get; private set; }

    /// <summary>Writes the anchors that make up a good part of what the account sends, with their share of the most used one.</summary>
    /// <param name="shareMin">Least share.</param>
    /// <param name="into">Receives them.</param>
    public void Collect(double shareMin, Dictionary<ulong, double> into)
    {
        foreach (var slot in _slots.AsSpan(0, _used))
        {
            var share = (double)(slot & CountMask) / Math.Max(1, Highest);
            if (share >= shareMin)
            {
                into[slot >> CountBits] = share;
            }
        }
    }

    private int Insert(ulong tagged)
    {
        if (_used < SlotsMax)
        {
            if (_used == _slots.Length)
            {
                Array.Resize(ref _slots, Math.Min(SlotsMax, _used * 2));
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
