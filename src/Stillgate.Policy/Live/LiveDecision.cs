using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Live;

/// <summary>What is to be done with one request, and what would be done if every rule were enforced. A value of a few words.</summary>
/// <param name="Enforced">What the enforced rules decide; of no meaning where <paramref name="HasPolicy"/> is false.</param>
/// <param name="Proposed">What all rules together decide.</param>
/// <param name="HasPolicy">Whether there is a policy at all.</param>
/// <param name="Hold">The hold that bars the request, or null.</param>
public readonly record struct LiveDecision(Decision Enforced, Decision Proposed, bool HasPolicy, ModelHold? Hold)
{
    /// <summary>What to do.</summary>
    public Outcome Outcome
    {
        get
        {
            var byRule = HasPolicy ? Enforced.Outcome : Outcome.Allow;
            return Hold is not null && byRule < Outcome.Hold ? Outcome.Hold : byRule;
        }
    }

    /// <summary>Whether the hold, and no stricter rule, decides.</summary>
    public bool IsByHold => Hold is not null && !(HasPolicy && Enforced.Outcome > Outcome.Hold);

    /// <summary>
    /// Pairs of rules that applied and whose jurisdictions ask for contrary things, whether enforced or not: what a law asks does not hang on what the operator has turned on.
    /// Worked out when asked for, which the live path does once for each decision that it has not made before.
    /// </summary>
    public IReadOnlyList<(RuleDefinition Rule, RuleDefinition Other)> Collisions => HasPolicy ? [.. Enforced.Collisions.Concat(Proposed.Collisions).Distinct()] : [];

    /// <summary>Whether there is nothing to say of it: no rule applied and no hold.</summary>
    public bool IsPlain => Hold is null && (!HasPolicy || (Enforced.Rule is null && Proposed.Rule is null));
}
