using System.Buffers;

namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>What a ledger holds of one stretch of time, and of it what has not been handed out to be kept. Used under the ledger's lock.</summary>
/// <param name="since">When it began, by the clock that only goes forward.</param>
/// <param name="beganAt">When it began, by the calendar.</param>
internal sealed class Generation<THeld>(long since, DateTimeOffset beganAt)
    where THeld : new()
{
    private ArrayBufferWriter<byte> _new = new();
    private int _entryCount;
    private int _pastBoundCount;

    public THeld Held { get; } = new();

    public long Since => since;

    public DateTimeOffset BeganAt => beganAt;

    /// <summary>Room for an entry that is to be kept; empty where as many are kept as may be.</summary>
    public Span<byte> Add(int entryBytes, int entriesMax)
    {
        if (_entryCount >= entriesMax)
        {
            _pastBoundCount++;
            return [];
        }

        _entryCount++;
        var room = _new.GetSpan(entryBytes)[..entryBytes];
        _new.Advance(entryBytes);
        return room;
    }

    /// <summary>Entries that are kept already.</summary>
    public void CountKept(int entryCount) => _entryCount += entryCount;

    public LedgerEntries TakeNew()
    {
        var (entries, pastBound) = (_new.WrittenMemory, _pastBoundCount);
        _pastBoundCount = 0;
        if (!entries.IsEmpty)
        {
            _new = new ArrayBufferWriter<byte>();
        }

        return new LedgerEntries(beganAt, entries, pastBound);
    }
}
