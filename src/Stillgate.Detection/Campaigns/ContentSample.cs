using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// A bounded sample of what a group asked, by content hash (bottom sampling): which fraction of it comes again within one account, and
/// which in another account. A sharded list avoids both; independent users of one product do not.
/// </summary>
internal sealed class ContentSample
{
    private const int EntriesMax = 1024;
    private readonly Dictionary<ulong, Entry> _entries = [];
    private int _shift;

    public void Observe(ulong content, int account)
    {
        var mixed = content * 0x9E3779B97F4A7C15;
        if (_shift > 0 && mixed >> (64 - _shift) != 0)
        {
            return;
        }

        if (_entries.TryGetValue(content, out var entry))
        {
            _entries[content] = entry with
            {
                Uses = entry.Uses + 1,
                Shared = entry.Shared || entry.Account != account,
            };
            return;
        }

        _entries[content] = new Entry(account, 1, Shared: false);
        if (_entries.Count > EntriesMax)
        {
            _shift++;
            foreach (var key in _entries.Keys.Where(key => (key * 0x9E3779B97F4A7C15) >> (64 - _shift) != 0).ToArray())
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>Share of distinct contents that more than one account sent.</summary>
    public double SharedShare => _entries.Count == 0 ? 0 : (double)_entries.Values.Count(entry => entry.Shared) / _entries.Count;

    /// <summary>Share of uses that repeat a content.</summary>
    public double RepeatShare
    {
        get
        {
            long uses = _entries.Values.Sum(entry => (long)entry.Uses);
            return uses == 0 ? 0 : 1 - ((double)_entries.Count / uses);
        }
    }

    /// <summary>Writes the sample.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_shift);
        into.Number((ulong)_entries.Count);
        foreach (var (content, entry) in _entries)
        {
            into.Word(content);
            into.Number((ulong)entry.Account);
            into.Number(((ulong)entry.Uses << 1) | (entry.Shared ? 1UL : 0));
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        _shift = from.Count(63);
        for (var count = from.Count(EntriesMax); count > 0; count--)
        {
            var content = from.Word();
            var account = from.Count(int.MaxValue);
            var uses = from.Number();
            _entries[content] = new Entry(account, (int)(uses >> 1), (uses & 1) != 0);
        }
    }

    private readonly record struct Entry(int Account, int Uses, bool Shared);
}
