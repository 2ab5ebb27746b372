using System.Globalization;

namespace Stillgate.Policy.Rules;

/// <summary>What a policy leaves to a person at a moment: a rule whose legal basis nobody has confirmed, and one whose status is about to change.</summary>
public static class PolicyNotices
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    /// <summary>Every such rule, in the policy's order.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="at">The moment.</param>
    public static IReadOnlyList<PolicyProblem> At(PolicySnapshot policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. policy.RuleDefinitions.Select(rule => Of(rule, at)).OfType<PolicyProblem>()];
    }

    /// <summary>What a person has to decide on one rule; null where nothing waits.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="at">The moment.</param>
    public static PolicyProblem? Of(RuleDefinition rule, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Periods.FirstOrDefault(period => period.Covers(at)) is not { } current)
        {
            return null;
        }

        if (current.Status == LegalStatus.Unconfirmed)
        {
            return Notice(rule, $"nobody has confirmed the status of {rule.LegalBasis.Citation} since {Day(current.From)}: the rule only observes. A person must read the source and set the status of that period");
        }

        var next = current.To is { } end && end - at <= Ahead ? rule.Periods.FirstOrDefault(period => period.Covers(end)) : null;
        return current.To is { } ends && ends - at <= Ahead && next?.Status != current.Status
            ? Notice(rule, $"{LegalStatuses.WordOf(current.Status)} until {Day(ends.AddDays(-1))}, then {(next is null ? "silent" : LegalStatuses.WordOf(next.Status))}. A person should say now what holds from then on")
            : null;
    }

    private static PolicyProblem Notice(RuleDefinition rule, string message) =>
        new(rule.File, rule.Line, $"rules.{rule.Id}.effective", message, IsWarning: true);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
