namespace Stillgate.Policy.Rules;

/// <summary>A span of a rule in ticks, UTC: what the live path compares, without the cost of offsets.</summary>
/// <param name="From">The first tick.</param>
/// <param name="To">The first tick after it.</param>
/// <param name="Status">The status within it.</param>
internal readonly record struct RuleSpan(long From, long To, LegalStatus Status)
{
    public static RuleSpan Of(EffectivePeriod period) => new(period.From.UtcTicks, period.To?.UtcTicks ?? long.MaxValue, period.Status);
}
