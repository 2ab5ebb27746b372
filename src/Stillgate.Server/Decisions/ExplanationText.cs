using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stillgate.Parties.Ownership;
using Stillgate.Policy.Rules;

namespace Stillgate.Server.Decisions;

/// <summary>An explanation as a person reads it, and as JSON.</summary>
internal static class ExplanationText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Json(Explanation explanation)
    {
        var (live, explained) = (explanation.Decision, explanation.Explained);
        return JsonSerializer.Serialize(
            new
            {
                explanation.Identity.Account,
                explanation.Identity.EndCustomer,
                explanation.Request.Model,
                explanation.Request.At,
                explanation.KnownAt,
                policy = explanation.PolicyVersion,
                outcome = live.Outcome,
                hold = live.IsByHold ? live.Hold!.Id : null,
                isEnforced = live.Enforced.Rule is not null && live.Enforced.Rule.Id == explained.Rule?.Id,
                proposed = live.Proposed.Outcome,
                rule = explained.Rule is { } rule ? RuleOf(rule, explained, explanation.Request.At) : null,
                applied = explained.Applied.Select(one => one.Id),
                collisions = live.Collisions.Select(pair => new { rule = pair.Rule.Id, other = pair.Other.Id, note = pair.Rule.CollisionNote }),
                facts = explained.Facts.Select(fact => new { fact.Name, fact.Value, fact.Source?.Source, fact.Source?.Since, lists = fact.Source?.ListVersions }),
                explanation.Ownership,
            },
            Options);
    }

    public static string Text(Explanation explanation)
    {
        var (live, explained) = (explanation.Decision, explanation.Explained);
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"account {explanation.Identity.Account}{(explanation.Identity.EndCustomer is { } end ? $", end customer {end}" : string.Empty)}, model {explanation.Request.Model}, at {Time(explanation.Request.At)}"),
            $"policy {explanation.PolicyVersion}, with what was known {Time(explanation.KnownAt)}",
            string.Empty,
            $"decision: {Decision.WordOf(live.Outcome)}{(live.IsByHold ? $" by {live.Hold!.Id}: {live.Hold.Reason}" : string.Empty)}",
        };
        if (explained.Rule is not { } rule)
        {
            lines.Add("no rule applies");
            return string.Join(Environment.NewLine, lines);
        }

        var isEnforced = live.Enforced.Rule?.Id == rule.Id;
        lines.Add($"rule: {rule.Id}{(explained.IsUndetermined ? ", its condition undetermined" : string.Empty)}{(isEnforced ? string.Empty : $"; it only observes, and would {explained.OutcomeWord}")}");
        lines.Add($"  {rule.Reason}");
        lines.Add($"  basis: {rule.LegalBasis.Citation} ({StatusWord(rule.StatusAt(explanation.Request.At))}){(rule.LegalBasis.Url is { } url ? " " + url : string.Empty)}");
        if (PolicyNotices.Of(rule, explanation.Request.At) is { } notice)
        {
            lines.Add($"  to decide: {notice.Message}");
        }

        lines.Add($"  condition: {rule.When}");
        lines.AddRange(rule.Obligations.Select(obligation => "  obligation: " + obligation));
        lines.Add("facts:");
        lines.AddRange(explained.Facts.Select(Line));
        lines.AddRange(live.Collisions.Select(pair => $"collision: {pair.Rule.Id} against {pair.Other.Id}: {pair.Rule.CollisionNote}"));
        foreach (var answer in explanation.Ownership)
        {
            lines.AddRange(Proof(answer));
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static object RuleOf(RuleDefinition rule, Decision decision, DateTimeOffset at) => new
    {
        rule.Id,
        rule.Reason,
        basis = rule.LegalBasis.Citation,
        status = StatusWord(rule.StatusAt(at)),
        toDecide = PolicyNotices.Of(rule, at)?.Message,
        condition = rule.When,
        outcome = decision.OutcomeWord,
        undetermined = decision.IsUndetermined,
        rule.Obligations,
    };

    private static string Line(DecisionFact fact) =>
        $"  {fact.Name} = {fact.Value}" + (fact.Source is not { } source ? ": nobody has stated it" : $": {source.Source}"
        + (source.Since is { } since ? $", since {Time(since)}" : string.Empty)
        + (source.ListVersions.Count > 0 ? $", lists {string.Join(", ", source.ListVersions)}" : string.Empty));

    private static IEnumerable<string> Proof(OwnershipAnswer answer) =>
        [
            $"ownership {answer.Test}: {answer.Entity} is {answer.Standing.ToString().ToLowerInvariant()}. {answer.Reason}",
            .. answer.Holdings.Select(holding => "  " + holding),
            .. answer.ListVersions.Select(version => "  list: " + version),
            .. answer.Settling.Select(fact => "  find out: " + fact),
        ];

    private static string StatusWord(LegalStatus? status) => status is { } known ? LegalStatuses.WordOf(known) : "outside its dates";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.TimeOfDay == TimeSpan.Zero
        ? at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
