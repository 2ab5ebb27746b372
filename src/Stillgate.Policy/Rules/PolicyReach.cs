using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>Rules that can never apply, rules that never decide because a stricter one applies wherever they do, and rules of which that cannot be told (decision 0060).</summary>
public static class PolicyReach
{
    /// <summary>Of which rules the checks may have missed something, and why. Nothing is wrong with them.</summary>
    /// <param name="policy">The policy.</param>
    public static IReadOnlyList<PolicyProblem> Untold(PolicySnapshot policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. policy.Rules.Select(rule => Untold(rule.Definition, policy.Schema)).OfType<PolicyProblem>()];
    }

    internal static void Check(PolicySnapshot snapshot, List<PolicyProblem> problems)
    {
        foreach (var rule in snapshot.Rules)
        {
            // A condition without facts has one value for ever.
            if (rule.Condition.FactsRead == 0 && !rule.Condition.Evaluate([]).IsTrue)
            {
                problems.Add(Problem(rule.Definition, "is never true: the rule cannot apply", isWarning: false));
            }
            else if (rule.Condition.FactsRead != 0 && ConditionCases.Of([rule.Definition.When], snapshot.Schema)?.All(truth => !truth[0]) == true)
            {
                problems.Add(Problem(rule.Definition, "contradicts itself: whatever the facts are it is never true, and the rule cannot apply", isWarning: false));
            }
        }

        // An exception may lift the stricter rule and leave this one.
        var exempted = snapshot.Rules.SelectMany(rule => rule.Definition.Exempts).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in snapshot.Rules.Where(rule => rule.Definition.Outcome > Outcome.Allow))
        {
            var shadow = snapshot.Rules.FirstOrDefault(other => other.Definition.Outcome > rule.Definition.Outcome && other.Definition.When != rule.Definition.When
                && !exempted.Contains(other.Definition.Id) && Contains(other.Definition, rule.Definition) && Implies(rule, other, snapshot.Schema));
            if (shadow is not null)
            {
                problems.Add(Problem(rule.Definition, $"never decides: '{shadow.Definition.Id}' is stricter and applies wherever it does", isWarning: true));
            }
        }
    }

    private static PolicyProblem? Untold(RuleDefinition rule, FactSchema schema)
    {
        if (ConditionCases.Of([rule.When], schema) is not { } cases)
        {
            return Problem(rule, $"whether the rule can apply at all, and whether a stricter one always decides in its place, is not told: the condition has more than {ConditionCases.CountMax} cases", isWarning: true);
        }

        var free = cases.Terms.Where(term => term is { IsEntry: false, Test: null }).Select(term => term.Text).ToArray();
        return free.Length == 0
            ? null
            : Problem(rule, $"a contradiction, or a stricter rule that always decides in its place, may be missed: any value was thought possible of {string.Join(" and of ", free)}", isWarning: true);
    }

    private static bool Implies(CompiledRule rule, CompiledRule other, FactSchema schema) =>
        (other.Condition.FactsRead == 0 || (rule.Condition.FactsRead & other.Condition.FactsRead) != 0)
        && ConditionCases.Of([rule.Definition.When, other.Definition.When], schema)?.All(truth => !truth[0] || truth[1]) == true;

    /// <summary>Whether the one's scope and its periods in force hold all of the other's.</summary>
    private static bool Contains(RuleDefinition wide, RuleDefinition narrow) =>
        Holds(wide.Scope.Models, narrow.Scope.Models) && Holds(wide.Scope.Tiers, narrow.Scope.Tiers)
        && Holds(wide.Scope.Channels, narrow.Scope.Channels) && Holds(wide.Scope.Capabilities, narrow.Scope.Capabilities)
        && narrow.Periods.All(period => wide.Periods.Any(other => other.Status == LegalStatus.InForce && other.From <= period.From && (other.To is null || (period.To is { } end && end <= other.To))));

    private static bool Holds(IReadOnlyList<string> wide, IReadOnlyList<string> narrow) => wide.Count == 0 || (narrow.Count > 0 && narrow.All(wide.Contains));

    private static PolicyProblem Problem(RuleDefinition rule, string message, bool isWarning) => new(rule.File, rule.Line, $"rules.{rule.Id}.when", message, isWarning);
}
