namespace Stillgate.Parties.Lists;

/// <summary>A list as it was read: its version, its parties, and the rows that were skipped.</summary>
/// <param name="Version">Identity of this state of the list.</param>
/// <param name="Format">The format that was recognised.</param>
/// <param name="Entries">The parties, in the file's order.</param>
/// <param name="Problems">Rows that were counted and skipped.</param>
public sealed record ScreeningList(ListVersion Version, string Format, IReadOnlyList<ListEntry> Entries, IReadOnlyList<ListProblem> Problems);
