using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// A bounded sample of what a group asked, by content hash (bottom sampling): which fraction of it comes again within one account, and
/// which in another account. A sharded list avoids both; independent users of one product do not. There is a sample to every group, so it is kept
/// in two arrays of 12 bytes a place together, by linear probing, that grow with it by a third.
/// </summary>
internal sealed class ContentSample
{
    private const int EntriesMax = 1024;
    private const int PlacesMin = 6;

    // At most four places in five are taken.
    private const int LoadNumerator = 4;
    private const int LoadDenominator = 5;

    // 48 bits of content above 16 bits of uses; 0 for a free place. What does not fit in 16 bits is counted apart.
    private const int UsesBits = 16;
    private const ulong UsesMask = (1UL << UsesBits) - 1;
    private const ulong ContentMask = ulong.MaxValue >> UsesBits;
    private const uint SharedBit = 1u << 31;
    private ulong[] _cells = new ulong[PlacesMin];

    // The account that sent it first, and whether another has sent it since.
    private uint[] _accounts = new uint[PlacesMin];
    private Dictionary<ulong, long>? _many;
    private int _shift;

    /// <summary>Distinct contents in the sample.</summary>
    public int Count { get; private set; }

    public void Observe(ulong content, int account)
    {
        content &= ContentMask;
        if (content == 0 || !IsSampled(content))
        {
            return;
        }

        var place = Place(content);
        if (_cells[place] != 0)
        {
            Use(place, content, account);
            return;
        }

        Put(place, (content << UsesBits) | 1, (uint)account);
        if (Count > EntriesMax)
        {
            _shift++;
            Rebuild();
        }
        else if (Count * LoadDenominator > _cells.Length * LoadNumerator)
        {
            Rebuild();
        }
    }

    /// <summary>Share of distinct contents that more than one account sent.</summary>
    public double SharedShare
    {
        get
        {
            var shared = 0;
            foreach (var account in _accounts)
            {
                shared += (account & SharedBit) != 0 ? 1 : 0;
            }

            return Count == 0 ? 0 : (double)shared / Count;
        }
    }

    /// <summary>Share of uses that repeat a content.</summary>
    public double RepeatShare
    {
        get
        {
            var uses = _many?.Values.Sum() ?? 0;
            foreach (var cell in _cells)
            {
                uses += (long)(cell & UsesMask);
            }

            return uses == 0 ? 0 : 1 - ((double)Count / uses);
        }
    }

    /// <summary>Forgets the sample.</summary>
    public void Clear() => (_cells, _accounts, _many, _shift, Count) = (new ulong[PlacesMin], new uint[PlacesMin], null, 0, 0);

    /// <summary>Writes the sample.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_shift);
        into.Number((ulong)Count);
        for (var place = 0; place < _cells.Length; place++)
        {
            if (_cells[place] != 0)
            {
                var content = _cells[place] >> UsesBits;
                var uses = (_cells[place] & UsesMask) + (ulong)(_many?.GetValueOrDefault(content) ?? 0);
                into.Word48(content);
                into.Number(_accounts[place] & ~SharedBit);
                into.Number((uses << 1) | ((_accounts[place] & SharedBit) != 0 ? 1UL : 0));
            }
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        _shift = from.Count(63);
        var count = from.Count(EntriesMax);
        var places = PlacesFor(count);
        (_cells, _accounts, _many, Count) = (new ulong[places], new uint[places], null, 0);
        for (; count > 0; count--)
        {
            var content = from.Word48();
            var account = (uint)from.Count(int.MaxValue);
            var uses = from.Number();
            var place = Place(content);
            if (content == 0 || _cells[place] != 0)
            {
                throw new StateFormatException("a content stands twice in a sample");
            }

            Put(place, (content << UsesBits) | Math.Min(uses >> 1, UsesMask), account | ((uses & 1) != 0 ? SharedBit : 0));
            if (uses >> 1 > UsesMask)
            {
                (_many ??= [])[content] = (long)((uses >> 1) - UsesMask);
            }
        }
    }

    private static ulong Mix(ulong content) => content * 0x9E3779B97F4A7C15;

    private bool IsSampled(ulong content) => _shift == 0 || Mix(content) >> (64 - _shift) == 0;

    // By bits below those that decide what is sampled.
    private int Place(ulong content)
    {
        var cells = _cells;
        var place = (int)((uint)(Mix(content) >> 8) * (ulong)cells.Length >> 32);
        while (cells[place] >> UsesBits != content && cells[place] != 0)
        {
            place = place + 1 < cells.Length ? place + 1 : 0;
        }

        return place;
    }

    private void Use(int place, ulong content, int account)
    {
        if ((_cells[place] & UsesMask) < UsesMask)
        {
            _cells[place]++;
        }
        else
        {
            _many ??= [];
            _many[content] = _many.GetValueOrDefault(content) + 1;
        }

        if (_accounts[place] != (uint)account)
        {
            _accounts[place] |= SharedBit;
        }
    }

    private void Put(int place, ulong cell, uint account)
    {
        (_cells[place], _accounts[place]) = (cell, account);
        Count++;
    }

    // A third more than is taken at most: so many that the next rebuilding is some way off.
    private static int PlacesFor(int count) => Math.Max(PlacesMin, (int)((long)count * 4 * LoadDenominator / (3 * LoadNumerator)) + 2);

    private void Rebuild()
    {
        var (cells, accounts) = (_cells, _accounts);
        var kept = 0;
        foreach (var cell in cells)
        {
            kept += cell != 0 && IsSampled(cell >> UsesBits) ? 1 : 0;
        }

        var places = PlacesFor(kept);
        (_cells, _accounts, Count) = (new ulong[places], new uint[places], 0);
        for (var at = 0; at < cells.Length; at++)
        {
            if (cells[at] != 0 && IsSampled(cells[at] >> UsesBits))
            {
                Put(Place(cells[at] >> UsesBits), cells[at], accounts[at]);
            }
            else
            {
                _many?.Remove(cells[at] >> UsesBits);
            }
        }
    }
}
