using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>A rule ready to decide.</summary>
/// <param name="Definition">As written.</param>
/// <param name="Condition">Its condition, of type bool.</param>
/// <param name="IsOfAccountOnly">Whether the condition reads nothing of the request, so that it can be worked out before one comes.</param>
/// <param name="Exempts">The rules that it excepts from, as a set of indexes.</param>
/// <param name="CollidesWith">The rules that it collides with, as a set of indexes.</param>
internal sealed record CompiledRule(
    RuleDefinition Definition, CompiledExpression Condition, bool IsOfAccountOnly, UInt128 Exempts, UInt128 CollidesWith)
{
    private readonly RuleSpan[] _spans = [.. Definition.Periods.Select(RuleSpan.Of)];
    private readonly bool _coversAll = Definition.Scope is { Models.Count: 0, Tiers.Count: 0, Channels.Count: 0, Capabilities.Count: 0 };

    /// <summary>Whether the condition reads where the request came from.</summary>
    public bool ReadsPlace { get; } = (Condition.FactsRead & StandardFacts.Places) != 0;

    /// <summary>The status at a moment, in ticks; expired where it is outside all periods, since both are silent.</summary>
    public LegalStatus StatusAt(long ticks)
    {
        foreach (ref readonly var span in _spans.AsSpan())
        {
            if (span.From <= ticks && ticks < span.To)
            {
                return span.Status;
            }
        }

        return LegalStatus.Expired;
    }

    public bool Covers(in DecisionRequest request) => _coversAll || Definition.Scope.Covers(request);
}
