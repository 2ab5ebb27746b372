namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>
/// Two generations of what a ledger holds: when the younger is full, or its time is over, it becomes the older, and the older is forgotten. Memory is bounded so, and what is kept on disk can be forgotten by the file.
/// Used under the ledger's lock.
/// </summary>
internal sealed class Generations<THeld>
    where THeld : new()
{
    private readonly TimeProvider _time;

    public Generations(TimeProvider time)
    {
        _time = time;
        Young = Begin();
    }

    public Generation<THeld> Young { get; private set; }

    public Generation<THeld>? Old { get; private set; }

    /// <summary>Begins a new generation where the younger one's time is over or it is full.</summary>
    public void Age(TimeSpan length, bool isFull)
    {
        var age = _time.GetElapsedTime(Young.Since);
        if (age >= length || isFull)
        {
            // After twice the time the younger one's are too old as well.
            Old = age < 2 * length ? Young : null;
            Young = Begin();
        }
    }

    public IReadOnlyList<LedgerEntries> TakeNew() => Old is null ? [Young.TakeNew()] : [Old.TakeNew(), Young.TakeNew()];

    /// <summary>Takes up the youngest of what was kept, and the one before it where it had not been forgotten by then.</summary>
    public void Restore(IReadOnlyList<LedgerEntries> kept, TimeSpan length, int entryBytes, Action<Generation<THeld>, ReadOnlySpan<byte>> take)
    {
        if (kept.Count == 0)
        {
            return;
        }

        var (young, old) = (kept[^1], kept.Count > 1 ? kept[^2] : null);
        Old = old is not null && young.BeganAt - old.BeganAt < 2 * length ? Restored(old, entryBytes, take) : null;
        Young = Restored(young, entryBytes, take);
        Age(length, isFull: false);
    }

    /// <summary>A moment of the calendar, in Unix milliseconds, by the clock that only goes forward. One that has not come yet, since the calendar was set back, is now.</summary>
    public long TimestampOf(long atMs)
    {
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _time.GetTimestamp() - (long)((nowMs - Math.Clamp(atMs, 0, nowMs)) / 1000.0 * _time.TimestampFrequency);
    }

    private Generation<THeld> Restored(LedgerEntries kept, int entryBytes, Action<Generation<THeld>, ReadOnlySpan<byte>> take)
    {
        var generation = new Generation<THeld>(TimestampOf(kept.BeganAt.ToUnixTimeMilliseconds()), kept.BeganAt);
        for (var entries = kept.Entries.Span; entries.Length >= entryBytes; entries = entries[entryBytes..])
        {
            take(generation, entries[..entryBytes]);
        }

        generation.CountKept(kept.Entries.Length / entryBytes);
        return generation;
    }

    private Generation<THeld> Begin()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var next = Young?.BeganAt.AddMilliseconds(1) ?? now;
        return new Generation<THeld>(_time.GetTimestamp(), now > next ? now : next);
    }
}
