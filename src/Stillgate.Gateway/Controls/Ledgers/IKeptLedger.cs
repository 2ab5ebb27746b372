namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>
/// What a control remembers, for the one who keeps it over a restart. A ledger holds two generations of entries, all of one length in bytes; an entry is never changed, and goes with its generation.
/// </summary>
public interface IKeptLedger
{
    /// <summary>Its name: that of its files, and a label of metrics.</summary>
    string Name { get; }

    /// <summary>Bytes of an entry.</summary>
    int EntryBytes { get; }

    /// <summary>Most entries of a generation that are kept.</summary>
    int EntriesMax { get; }

    /// <summary>
    /// The generations that are held, oldest first, each with the entries that were added since this was asked last. What is handed out is the caller's to keep: it is not handed out again. A generation that is not
    /// among them any more is forgotten.
    /// </summary>
    /// <param name="options">The controls in force, for the window.</param>
    /// <returns>One or two generations.</returns>
    IReadOnlyList<LedgerEntries> TakeNew(ControlOptions options);

    /// <summary>Takes up what was kept. For a start, before anything is served.</summary>
    /// <param name="kept">Generations as they were handed out, oldest first.</param>
    /// <param name="isWhole">False where some of their entries are known to be lost.</param>
    /// <param name="options">The controls in force, for the window.</param>
    void Restore(IReadOnlyList<LedgerEntries> kept, bool isWhole, ControlOptions options);
}
