namespace Stillgate.Parties.Lists;

/// <summary>A party that both versions hold, in different states.</summary>
/// <param name="Before">In the older version.</param>
/// <param name="After">In the newer version.</param>
public sealed record ListChange(ListEntry Before, ListEntry After)
{
    /// <summary>Whether a name was added, removed or altered, so that verdicts on it may change.</summary>
    public bool TouchesNames => !Before.Names.Select(name => name.Text).ToHashSet(StringComparer.Ordinal).SetEquals(After.Names.Select(name => name.Text));
}
