namespace Stillgate.Parties.Lists;

/// <summary>What changed from one version of a list to the next, by the list's identifiers.</summary>
/// <param name="Before">The older version.</param>
/// <param name="After">The newer version.</param>
/// <param name="Added">Parties only the newer one holds.</param>
/// <param name="Removed">Parties only the older one holds.</param>
/// <param name="Changed">Parties that differ in any field that screening uses.</param>
public sealed record ListDiff(ListVersion Before, ListVersion After, IReadOnlyList<ListEntry> Added, IReadOnlyList<ListEntry> Removed, IReadOnlyList<ListChange> Changed)
{
    /// <summary>Compares two versions.</summary>
    public static ListDiff Between(ScreeningList before, ScreeningList after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = before.Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var added = new List<ListEntry>();
        var changed = new List<ListChange>();
        foreach (var entry in after.Entries)
        {
            if (!old.Remove(entry.Id, out var was))
            {
                added.Add(entry);
            }
            else if (was.Fingerprint() != entry.Fingerprint())
            {
                changed.Add(new ListChange(was, entry));
            }
        }

        return new ListDiff(before.Version, after.Version, added, [.. before.Entries.Where(entry => old.ContainsKey(entry.Id))], changed);
    }
}
