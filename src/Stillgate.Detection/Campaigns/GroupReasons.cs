using System.Globalization;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using static System.FormattableString;

namespace Stillgate.Detection.Campaigns;

/// <summary>Says in words what links a group and why it was named.</summary>
internal static class GroupReasons
{
    private const int ReasonsMax = 6;
    private const double WeightMin = 0.25;

    public static List<Reason> Explain(AnchorGroup group, double[] features, LinearModel model)
    {
        var examples = group.Members.OrderByDescending(member => member.Count).Take(3).Select(member => member.LatestExchange).ToArray();
        var reasons = new List<Reason>
        {
            new(Code(group.Kind), SharedText(group.Kind, group.MemberCount, group.Count), 1, examples),
        };
        reasons.AddRange(Enumerable.Range(0, (int)GroupFeature.Count)
            .Select(index => (Feature: (GroupFeature)index, Weight: model.Contribution(features, index)))
            .Where(part => part.Weight >= WeightMin && Text(part.Feature, features[(int)part.Feature]) is not null)
            .OrderByDescending(part => part.Weight)
            .Take(ReasonsMax)
            .Select(part => new Reason(CodeOf(part.Feature), Text(part.Feature, features[(int)part.Feature])!, Math.Round(part.Weight, 2), examples)));
        return reasons;
    }

    public static CampaignLink Link(MapLink link) =>
        new(link.A.Account, link.B.Account, Code(link.Kind), Math.Round(LinkWeight(link.Kind) * link.Similarity, 2), LinkText(link));

    public static string Code(GroupKind kind) => kind switch
    {
        GroupKind.SystemPrompt => "SHARED_SYSTEM_PROMPT",
        GroupKind.Template => "SHARED_SKELETON",
        GroupKind.Payment => "SHARED_PAYMENT",
        GroupKind.EmailPattern => "SHARED_EMAIL_PATTERN",
        GroupKind.EmailDomain => "SHARED_EMAIL_DOMAIN",
        GroupKind.ClientHello => "SHARED_CLIENT",
        _ => "SHARED_ADDRESS_BLOCK",
    };

    private static double LinkWeight(GroupKind kind) => kind switch
    {
        GroupKind.Payment => 4,
        GroupKind.EmailPattern => 2,
        GroupKind.EmailDomain => 2,
        GroupKind.ClientHello => 1.5,
        GroupKind.AddressBlock => 1.5,
        _ => 3,
    };

    private static string LinkText(MapLink link) => link.Kind switch
    {
        GroupKind.SystemPrompt => Invariant($"Both send the same system prompt, which hardly anyone else sends; {link.Similarity:P0} of the wrapper around their tasks is the same."),
        GroupKind.Template => Invariant($"Both send the same passage of prompt, which hardly anyone else sends; {link.Similarity:P0} of the wrapper around their tasks is the same."),
        GroupKind.Payment => "Both pay with the same instrument.",
        GroupKind.EmailPattern => "Both registered with an e-mail address of the same pattern.",
        GroupKind.EmailDomain => "Both registered with an e-mail address of one domain, which hardly anyone else uses.",
        GroupKind.ClientHello => "Both connect with a client whose TLS fingerprint hardly anyone else has.",
        _ => "Both connect from the same address block.",
    };

    private static string SharedText(GroupKind kind, int accounts, long exchanges)
    {
        var what = kind switch
        {
            GroupKind.SystemPrompt => "send the same system prompt",
            GroupKind.Template => "send the same passage of prompt",
            GroupKind.Payment => "pay with the same instrument",
            GroupKind.EmailPattern => "registered with e-mail addresses of one pattern",
            _ => "connect from the same address block",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{accounts} accounts {what}, in {exchanges} exchanges.");
    }

    private static string CodeOf(GroupFeature feature) => feature switch
    {
        GroupFeature.ReasoningCues => "ASKS_FOR_REASONING",
        GroupFeature.TaskCues => "ASKS_FOR_TASKS",
        GroupFeature.JudgeCues => "ASKS_FOR_GRADES",
        GroupFeature.TrajectoryCues => "AGENT_TRAJECTORIES",
        GroupFeature.PersonaCues => "PERSONA_SWEEP",
        GroupFeature.Separation => "SHARDS_OF_ONE_LIST",
        GroupFeature.Breadth => "BROAD_SUBJECTS",
        GroupFeature.SharedContents => "NO_OVERLAP",
        GroupFeature.Unevenness => "BALANCED_LOAD",
        GroupFeature.HourSpread => "ALL_HOURS",
        GroupFeature.RegistrationBurst => "REGISTERED_TOGETHER",
        GroupFeature.StartBurst => "STARTED_TOGETHER",
        GroupFeature.SharedPayment => "SHARED_PAYMENT",
        GroupFeature.SharedEmailPattern => "SHARED_EMAIL_PATTERN",
        GroupFeature.SingleTurn => "NO_CONVERSATION",
        GroupFeature.LongAnswers => "LONG_ANSWERS",
        GroupFeature.ReasoningShare => "REASONING_IN_ANSWERS",
        GroupFeature.Resamples => "RESAMPLES_ONE_PROMPT",
        GroupFeature.FreshAccounts => "FRESH_ACCOUNTS",
        GroupFeature.Likeness => "ONE_WRAPPER",
        GroupFeature.Lockstep => "ACTIVE_TOGETHER",
        GroupFeature.Runs => "LOAD_DEALT_OUT",
        GroupFeature.TakeOver => "POOL_TAKES_OVER",
        GroupFeature.Pivot => "MOVED_AT_LAUNCH",
        GroupFeature.MedianExchanges => "IN_BULK",
        GroupFeature.Repeats => "NEVER_REPEATS",
        GroupFeature.RefusedMembers => "MOVED_ON_AFTER_REFUSAL",
        GroupFeature.QuickGaps or GroupFeature.HumanGaps => "MACHINE_PACE",
        GroupFeature.PooledHours => "ALL_HOURS",
        GroupFeature.SharedAddress => "SHARED_ADDRESS_BLOCK",
        _ => feature.ToString().ToUpperInvariant(),
    };

    private static string? Text(GroupFeature feature, double value) => feature switch
    {
        GroupFeature.SingleTurn => Invariant($"{value:P0} of the exchanges stand alone; no conversation follows."),
        GroupFeature.ReasoningCues => Invariant($"{value:P0} of the exchanges ask for reasoning as such, not for an answer."),
        GroupFeature.TaskCues => Invariant($"{value:P0} of the exchanges ask the model to invent or harden tasks."),
        GroupFeature.JudgeCues => Invariant($"{value:P0} of the exchanges ask the model to grade answers."),
        GroupFeature.TrajectoryCues => Invariant($"{value:P0} of the exchanges are agent trajectories in text."),
        GroupFeature.PersonaCues => Invariant($"{value:P0} of the exchanges ask for what a persona would say."),
        GroupFeature.LongAnswers => Invariant($"Answers are long: about {128 * Math.Pow(10, value):F0} tokens each."),
        GroupFeature.Lockstep => Invariant($"The accounts are active in the same hours {Math.Exp(value):F1} times as often as independent ones."),
        GroupFeature.Runs => Invariant($"The same account has two turns in a row {Math.Exp(value):F1} times as often as by chance; people and products of their own come in runs."),
        GroupFeature.TakeOver => Invariant($"{value:P0} of the accounts not refused began within two days after others were refused and fell silent."),
        GroupFeature.Pivot => Invariant($"In the first two days of a new model they used it {Math.Exp(value):F1} times as much as everybody."),
        GroupFeature.MedianExchanges => Invariant($"In bulk: {Math.Exp(value):F0} exchanges for the median account."),
        GroupFeature.ReasoningShare => Invariant($"{value:P0} of the output is reasoning."),
        GroupFeature.Separation => "The accounts' subjects differ no more than shards of one list would; independent customers differ far more.",
        GroupFeature.Breadth => Invariant($"The requests range over many subjects (spread {value:F2} of 1)."),
        GroupFeature.SharedContents => Invariant($"Only {value:P1} of the contents were sent by more than one account: a list dealt out, not products in use."),
        GroupFeature.Repeats => Invariant($"Only {value:P1} of the requests repeat one."),
        GroupFeature.Resamples => Invariant($"{value:P0} of the exchanges send the same prompt again at once."),
        GroupFeature.Unevenness => Invariant($"The load is spread evenly over the accounts (Gini {value:F2})."),
        GroupFeature.QuickGaps => Invariant($"{value:P0} of the gaps are under ten seconds."),
        GroupFeature.HourSpread => "Each account works at all hours of the day.",
        GroupFeature.PooledHours => "Together the accounts work at all hours of the day.",
        GroupFeature.HumanGaps => Invariant($"Only {value:P0} of the gaps are of a person's pace."),
        GroupFeature.SharedAddress => Invariant($"{value:P0} of the accounts share an address block that few others use."),
        GroupFeature.RegistrationBurst => Invariant($"{value:P0} of the accounts were registered within three days of each other."),
        GroupFeature.StartBurst => Invariant($"{value:P0} of the accounts began this within one day."),
        GroupFeature.SharedPayment => Invariant($"{value:P0} of the accounts share a means of payment with another."),
        GroupFeature.SharedEmailPattern => Invariant($"{value:P0} of the accounts share an e-mail pattern with another."),
        GroupFeature.Dominance => Invariant($"It makes up {value:P0} of what a member sends."),
        GroupFeature.RefusedMembers => Invariant($"{value:P0} of the accounts were refused, and others carried on."),
        GroupFeature.Likeness => Invariant($"{value:P0} of what two of the accounts send again and again is the same, word for word."),
        GroupFeature.FreshAccounts => Invariant($"{value:P0} of the accounts were opened in the week before."),
        _ => null,
    };
}
