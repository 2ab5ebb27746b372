using System.Globalization;
using System.Text;
using Stillgate.Gateway.Refusals;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Gateway.Decisions;

/// <summary>A decision as the record, the response header and a refusal say it.</summary>
internal sealed class DecisionNote
{
    public const string HeaderName = "stillgate-decision";
    private const int HeaderCharsMax = 1000;

    public required ExchangeDecision Record { get; init; }

    /// <summary>The header's value; null where the decision changes nothing for the client.</summary>
    public string? Header { get; init; }

    /// <summary>How the request is refused; null where it is served.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Under which obligations it is served; null for none.</summary>
    public Obligations? Obligations { get; init; }

    public static DecisionNote Of(in LiveDecision live)
    {
        var record = RecordOf(live);
        var acts = live.Outcome >= Outcome.Restrict;
        return new DecisionNote
        {
            Record = record,
            Header = acts ? HeaderOf(record) : null,
            Refusal = RefusalOf(live),
            Obligations = record.Obligations is { } words ? new Obligations(words) : null,
        };
    }

    private static ExchangeDecision RecordOf(in LiveDecision live)
    {
        if (!live.HasPolicy)
        {
            return new ExchangeDecision { Outcome = Decision.WordOf(live.Outcome), Hold = live.Hold?.Id };
        }

        // What only observed is told by the rule that would have decided; the facts are those of the rule that is named.
        var (enforced, proposed) = (live.Enforced, live.Proposed);
        var named = enforced.Rule is not null && !(enforced.Outcome < Outcome.Restrict && proposed.Rule is not null) ? enforced : proposed;
        var isProposedOther = proposed.Rule is not null && (proposed.Outcome != enforced.Outcome || proposed.Rule.Id != enforced.Rule?.Id);
        return new ExchangeDecision
        {
            Outcome = Decision.WordOf(live.Outcome is Outcome.Allow && proposed.Rule is not null ? Outcome.Observe : live.Outcome),
            Rule = live.IsByHold ? null : enforced.Rule?.Id,
            Policy = enforced.PolicyVersion,
            Hold = live.IsByHold ? live.Hold!.Id : null,
            Undetermined = enforced.IsUndetermined ? true : null,
            Obligations = live.Outcome == Outcome.Restrict && enforced.Rule!.Obligations.Count > 0 ? enforced.Rule.Obligations : null,
            Proposed = isProposedOther ? new ProposedDecision(proposed.OutcomeWord, proposed.Rule!.Id, proposed.IsUndetermined ? true : null) : null,
            Collisions = live.Collisions is { Count: > 0 } collisions ? [.. collisions.Select(pair => $"{pair.Rule.Id} / {pair.Other.Id}")] : null,
            Facts = live.IsByHold ? null : [.. named.Facts.Select(fact => new DecidedFact(
                fact.Name, fact.Value, fact.Source?.Source, fact.Source?.Since, fact.Source?.ListVersions is { Count: > 0 } lists ? lists : null))],
        };
    }

    private static Refusal? RefusalOf(in LiveDecision live)
    {
        if (live.IsByHold)
        {
            return Refusal.ModelHeld with { Message = $"{Plain(live.Hold!.Reason)} ({live.Hold.Id})" };
        }

        var shape = live.Outcome switch
        {
            Outcome.Deny => Refusal.Denied,
            Outcome.Hold => Refusal.Held,
            Outcome.StepUp => Refusal.VerificationNeeded,
            _ => null,
        };
        return shape is null ? null : shape with { Message = $"{Plain(live.Enforced.Rule!.Reason)} (rule {live.Enforced.Rule.Id}, policy {live.Enforced.PolicyVersion})" };
    }

    private static string HeaderOf(ExchangeDecision record)
    {
        var text = new StringBuilder(record.Outcome);
        void Add(string name, string? value) => text.Append(value is null ? string.Empty : $"; {name}={value}");

        Add("rule", record.Rule);
        Add("hold", record.Hold);
        Add("policy", record.Policy);
        Add("undetermined", record.Undetermined is null ? null : "true");
        foreach (var collision in record.Collisions ?? [])
        {
            Add("collision", collision.Replace(" / ", "/", StringComparison.Ordinal));
        }

        foreach (var fact in record.Facts ?? [])
        {
            Add("fact", fact.Since is { } since ? string.Create(CultureInfo.InvariantCulture, $"{fact.Name}@{since.UtcDateTime:yyyy-MM-dd}") : fact.Name);
        }

        foreach (var list in (record.Facts ?? []).SelectMany(fact => fact.Lists ?? []).Distinct(StringComparer.Ordinal))
        {
            Add("list", list);
        }

        foreach (var obligation in record.Obligations ?? [])
        {
            Add("obligation", obligation);
        }

        // A header's value is of visible ASCII; names that policies and lists bring along may not be.
        text.Length = Math.Min(text.Length, HeaderCharsMax);
        return string.Concat(text.ToString().Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
    }

    private static string Plain(string reason) => reason.ReplaceLineEndings(" ").Trim();
}
