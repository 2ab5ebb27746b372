using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening;

/// <summary>
/// Screens a book again after a list changed, looking only at what the change can alter: parties whose hits named a removed or changed entry,
/// and parties that an added or changed entry now hits. Everything else keeps its verdict.
/// </summary>
public sealed class Rescreening
{
    private readonly HashSet<string> _gone;
    private readonly ScreeningIndex _arrived;

    /// <summary>Prepares for one difference between versions.</summary>
    public Rescreening(ListDiff diff, ScreeningList after)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(after);
        var arrived = diff.Added.Concat(diff.Changed.Select(change => change.After)).ToArray();
        _gone = diff.Removed.Select(entry => entry.Id).Concat(diff.Changed.Select(change => change.Before.Id)).ToHashSet(StringComparer.Ordinal);
        _arrived = ScreeningIndex.Build([after with { Entries = arrived }]);
    }

    /// <summary>Whether the party's verdict may differ on the new version.</summary>
    /// <param name="subject">The party.</param>
    /// <param name="hitIds">The entries that it hit on the old version.</param>
    public bool MayChange(ScreeningSubject subject, IEnumerable<string> hitIds)
    {
        ArgumentNullException.ThrowIfNull(hitIds);
        return hitIds.Any(_gone.Contains) || _arrived.Screen(subject, hitsMax: 1).Count > 0;
    }
}
