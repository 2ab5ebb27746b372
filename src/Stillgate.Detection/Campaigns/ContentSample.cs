using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// A bounded sample of what a group asked, by content hash (bottom sampling): which fraction of it comes again within one account, and
/// which in another account. A sharded list avoids both; independent users of one product do not. There is a sample to every group, so it is kept
/// in two arrays of 16 bytes a place together, by linear probing, that grow with it by a third.
/// </summary>
internal sealed class ContentSample
{
    private const int EntriesMax = 1024;
    private const int PlacesMin = 6;

    // At most four places in five are taken.
    private const int LoadNumerator = 4;
    private const int LoadDenominator = 5;

    // 0 for a free place: content 0 is mixed to it and kept out.
    private ulong[] _keys = new ulong[PlacesMin];
    private Entry[] _entries = new Entry[PlacesMin];
    private int _shift;

    /// <summary>Distinct contents in the sample.</summary>
    public int Count { get; private set; }

    public void Observe(ulong content, int account)
    {
        var mixed = content * 0x9E3779B97F4A7C15;
        if (mixed == 0 || !IsSampled(mixed))
        {
            return;
        }

        var place = Place(mixed);
        if (_keys[place] != 0)
        {
            _entries[place].Use(account);
            return;
        }

        Put(place, mixed, new Entry(account, 1, isShared: false));
        if (Count > EntriesMax)
        {
            _shift++;
            Rebuild();
        }
        else if (Count * LoadDenominator > _keys.Length * LoadNumerator)
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
            foreach (var entry in _entries)
            {
                shared += entry.IsShared ? 1 : 0;
            }

            return Count == 0 ? 0 : (double)shared / Count;
        }
    }

    /// <summary>Share of uses that repeat a content.</summary>
    public double RepeatShare
    {
        get
        {
            long uses = 0;
            foreach (var entry in _entries)
            {
                uses += entry.Uses;
            }

            return uses == 0 ? 0 : 1 - ((double)Count / uses);
        }
    }

    /// <summary>Forgets the sample.</summary>
    public void Clear() => (_keys, _entries, _shift, Count) = (new ulong[PlacesMin], new Entry[PlacesMin], 0, 0);

    /// <summary>Writes the sample.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_shift);
        into.Number((ulong)Count);
        for (var place = 0; place < _keys.Length; place++)
        {
            if (_keys[place] != 0)
            {
                into.Word(_keys[place]);
                into.Number((ulong)_entries[place].Account);
                into.Number(((ulong)_entries[place].Uses << 1) | (_entries[place].IsShared ? 1UL : 0));
            }
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        _shift = from.Count(63);
        var count = from.Count(EntriesMax);
        var places = PlacesFor(count);
        (_keys, _entries, Count) = (new ulong[places], new Entry[places], 0);
        for (; count > 0; count--)
        {
            var key = from.Word();
            var account = from.Count(int.MaxValue);
            var uses = from.Number();
            var place = Place(key);
            if (key == 0 || _keys[place] != 0)
            {
                throw new StateFormatException("a content stands twice in a sample");
            }

            Put(place, key, new Entry(account, (int)(uses >> 1), (uses & 1) != 0));
        }
    }

    private bool IsSampled(ulong mixed) => _shift == 0 || mixed >> (64 - _shift) == 0;

    // By bits below those that decide what is sampled.
    private int Place(ulong mixed)
    {
        var place = (int)((uint)(mixed >> 8) * (ulong)_keys.Length >> 32);
        while (_keys[place] != mixed && _keys[place] != 0)
        {
            place = place + 1 < _keys.Length ? place + 1 : 0;
        }

        return place;
    }

    private void Put(int place, ulong mixed, Entry entry)
    {
        (_keys[place], _entries[place]) = (mixed, entry);
        Count++;
    }

    // A third more than is taken at most: so many that the next rebuilding is some way off.
    private static int PlacesFor(int count) => Math.Max(PlacesMin, (int)((long)count * 4 * LoadDenominator / (3 * LoadNumerator)) + 2);

    private void Rebuild()
    {
        var (keys, entries) = (_keys, _entries);
        var places = PlacesFor(keys.Count(key => key != 0 && IsSampled(key)));
        (_keys, _entries, Count) = (new ulong[places], new Entry[places], 0);
        for (var at = 0; at < keys.Length; at++)
        {
            if (keys[at] != 0 && IsSampled(keys[at]))
            {
                Put(Place(keys[at]), keys[at], entries[at]);
            }
        }
    }

    private struct Entry(int account, int uses, bool isShared)
    {
        private const uint SharedBit = 1u << 31;
        private uint _uses = (uint)uses | (isShared ? SharedBit : 0);

        public int Account { get; } = account;

        public readonly int Uses => (int)(_uses & ~SharedBit);

        public readonly bool IsShared => (_uses & SharedBit) != 0;

        public void Use(int account) => _uses = (_uses + 1) | (account != Account ? SharedBit : 0);
    }
}
