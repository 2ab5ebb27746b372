using Stillgate.Policy.Impact;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;

namespace Stillgate.Server.Impact;

/// <summary>What was asked: which policies, over which traffic. Stands in every form of the answer.</summary>
internal sealed record ImpactQuestion
{
    public required string BeforeName { get; init; }

    public required DecisionBook Before { get; init; }

    public required string AfterName { get; init; }

    public required DecisionBook After { get; init; }

    public required string Traffic { get; init; }

    public required ImpactReport Report { get; init; }

    /// <summary>Whether rules whose basis is not in force were taken as if it were.</summary>
    public bool IsAsIfInForce { get; init; }

    /// <summary>How rules whose basis is not in force were taken, in words.</summary>
    public string StatusWords => IsAsIfInForce
        ? "Rules that are proposed, drafted, stayed or not confirmed were taken as in force within their dates."
        : "Rules that are proposed, drafted, stayed or not confirmed only observe, and deny nobody.";

    /// <summary>Rules that only one of the policies has, or that they have in different words.</summary>
    public IReadOnlyList<(string Rule, string Change)> RuleChanges
    {
        get
        {
            var before = (Before.Policy?.RuleDefinitions ?? []).ToDictionary(rule => rule.Id, StringComparer.Ordinal);
            var after = (After.Policy?.RuleDefinitions ?? []).ToDictionary(rule => rule.Id, StringComparer.Ordinal);
            return
            [
                .. after.Values.Where(rule => !before.ContainsKey(rule.Id)).Select(rule => (rule.Id, "added")),
                .. before.Values.Where(rule => !after.ContainsKey(rule.Id)).Select(rule => (rule.Id, "removed")),
                .. after.Values.Where(rule => before.TryGetValue(rule.Id, out var was) && !IsSame(was, rule)).Select(rule => (rule.Id, "changed")),
            ];
        }
    }

    public IEnumerable<(string Title, string First, IReadOnlyList<ImpactGroup> Groups)> Sections =>
    [
        ("By rule", "Rule", Report.ByRule),
        ("By kind of customer", "Kind", Report.ByKind),
        ("By language of the prompts", "Language", Report.ByLanguage),
        ("By model", "Model", Report.ByModel),
    ];

    private static bool IsSame(RuleDefinition one, RuleDefinition other) =>
        (one.When, one.Outcome, one.Undetermined, one.Fail, one.LegalBasis) == (other.When, other.Outcome, other.Undetermined, other.Fail, other.LegalBasis)
        && one.Periods.SequenceEqual(other.Periods)
        && one.Scope.Models.SequenceEqual(other.Scope.Models) && one.Scope.Channels.SequenceEqual(other.Scope.Channels)
        && one.Scope.Capabilities.SequenceEqual(other.Scope.Capabilities) && one.Scope.Tiers.SequenceEqual(other.Scope.Tiers)
        && one.Exempts.SequenceEqual(other.Exempts) && one.Obligations.SequenceEqual(other.Obligations);
}
