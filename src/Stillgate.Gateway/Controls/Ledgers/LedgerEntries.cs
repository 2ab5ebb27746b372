namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>Entries of one generation of a ledger.</summary>
/// <param name="BeganAt">When the generation began, in whole milliseconds; no two of a ledger began at once.</param>
/// <param name="Entries">The entries, one after the other.</param>
/// <param name="PastBoundCount">Entries that are held in memory and not handed out, since the generation has as many as are kept.</param>
public sealed record LedgerEntries(DateTimeOffset BeganAt, ReadOnlyMemory<byte> Entries, int PastBoundCount);
