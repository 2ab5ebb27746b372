using System.Buffers.Binary;

namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>
/// Remembers, as keyed hashes, the conversations that were served: after each answer, and each conversation's beginning. Two generations of half the window each, so that a hash lives between half the window and
/// the whole of it.
/// </summary>
internal sealed class ServedTurns(TimeProvider time) : IKeptLedger
{
    /// <summary>Most hashes of a generation.</summary>
    public const int HashesMax = 1 << 20;

    private const int HashBytes = 16;
    private readonly Lock _turn = new();
    private readonly Generations<HashSet<UInt128>> _generations = new(time);
    private long? _lostAt;

    public string Name => "served-turns";

    public int EntryBytes => HashBytes;

    public int EntriesMax => HashesMax;

    public void Note(UInt128 hash, TimeSpan window)
    {
        lock (_turn)
        {
            Age(window);
            Add(hash);
        }
    }

    /// <summary>Whether the hash was noted within the window; if so it counts as noted now.</summary>
    public bool Knows(UInt128 hash, TimeSpan window)
    {
        lock (_turn)
        {
            Age(window);
            return _generations.Young.Held.Contains(hash) || (_generations.Old?.Held.Contains(hash) == true && Add(hash));
        }
    }

    public IReadOnlyList<LedgerEntries> TakeNew(ControlOptions options)
    {
        lock (_turn)
        {
            Age(options.PrefixFreezeWindow);
            return _generations.TakeNew();
        }
    }

    /// <summary>Whether hashes of the window are known to be lost, so that one which is not known may have been noted all the same.</summary>
    public bool MayHaveForgotten(TimeSpan window)
    {
        lock (_turn)
        {
            return _lostAt is { } at && time.GetElapsedTime(at) < window;
        }
    }

    public void Restore(IReadOnlyList<LedgerEntries> kept, bool isWhole, ControlOptions options)
    {
        lock (_turn)
        {
            _lostAt = isWhole ? null : time.GetTimestamp();
            _generations.Restore(kept, options.PrefixFreezeWindow / 2, HashBytes, static (generation, entry) => generation.Held.Add(BinaryPrimitives.ReadUInt128LittleEndian(entry)));
        }
    }

    private void Age(TimeSpan window) => _generations.Age(window / 2, _generations.Young.Held.Count >= HashesMax);

    private bool Add(UInt128 hash)
    {
        if (!_generations.Young.Held.Add(hash))
        {
            return false;
        }

        if (_generations.Young.Add(HashBytes, HashesMax) is { IsEmpty: false } room)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(room, hash);
        }

        return true;
    }
}
