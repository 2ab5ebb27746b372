namespace Stillgate.Policy.Rules;

/// <summary>A span of time in which a rule has one status.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after it; null where it goes on.</param>
/// <param name="Status">The status within it.</param>
public sealed record EffectivePeriod(DateTimeOffset From, DateTimeOffset? To, LegalStatus Status)
{
    internal bool Covers(DateTimeOffset at) => From <= at && (To is null || at < To);
}
