using Stillgate.Detection.Findings;

namespace Stillgate.Tests.WebConsole;

/// <summary>Invented findings of every kind that the console shows.</summary>
internal static class SampleFindings
{
    public const string HostileAccount = "\"><script>alert(1)</script><img src=x onerror=alert(2)>/../%2e";

    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static AnalysisSnapshot Create()
    {
        Campaign[] campaigns =
        [
            Ring("c-1", size: 24, exchanges: 9_120, whenNamed: 388),
            Ring("c-2", size: 7, exchanges: 1_340, whenNamed: 212),
            Ring("c-3", size: 41, exchanges: 5_402, whenNamed: 1_020),
        ];
        var members = campaigns.SelectMany(campaign => campaign.Accounts.Select((account, index) =>
            Account(account, Verdict.Harvest, campaign.Exchanges / campaign.Accounts.Count + index, campaign.Id)));
        var others = Enumerable.Range(0, 160).Select(index => Account($"acc-{1000 + index}", index < 6 ? Verdict.Watch : Verdict.Clear, 900 - (5 * index), null));
        return new AnalysisSnapshot
        {
            AsOf = Start.AddDays(6),
            ExchangeCount = 84_211,
            Verdicts = [.. members.Prepend(Account(HostileAccount, Verdict.Harvest, 77, null)), .. others],
            Campaigns = campaigns,
        };
    }

    private static Campaign Ring(string id, int size, long exchanges, long whenNamed)
    {
        string[] accounts = [.. Enumerable.Range(0, size).Select(index => $"{id.Replace("c-", "pool", StringComparison.Ordinal)}-{index:D2}")];
        return new Campaign
        {
            Id = id,
            Accounts = accounts,
            Links = [.. accounts.Skip(1).Select((account, index) => index % 4 == 3
                ? new CampaignLink(accounts[0], account, "SHARED_PAYMENT", 4.2, "Both accounts are paid by the same instrument.")
                : new CampaignLink(accounts[index], account, "SHARED_SKELETON", 6.1, "Both accounts send the same fixed prompt, which no other account and no known harness sends."))],
            FirstSeen = Start,
            LastSeen = Start.AddDays(5),
            NamedAt = Start.AddHours(7),
            Exchanges = exchanges,
            ExchangesWhenNamed = whenNamed,
            PValue = 3.1e-6,
            Reasons =
            [
                new Reason("SHARED_SKELETON", $"{size} accounts fill the same template with tasks that hardly repeat; no account outside the group sends it.", 8.4, ["x-000104", "x-000190", "x-000233"]),
                new Reason("EVEN_SPREAD", "Together their tasks are spread over capabilities as evenly as a data set, which no single account’s are.", 3.2, ["x-000300"]),
            ],
        };
    }

    private static AccountVerdict Account(string id, Verdict verdict, long exchanges, string? campaign) => new()
    {
        Account = id,
        Verdict = verdict,
        PValue = verdict switch { Verdict.Harvest => 4e-4, Verdict.Watch => 0.012, _ => 0.44 },
        Campaign = campaign,
        FlaggedAt = verdict == Verdict.Harvest ? new FlagPoint("x-000201", Math.Max(1, exchanges / 12), Start.AddHours(7)) : null,
        Axes = verdict == Verdict.Clear ? new BehaviourAxes(0.2, 0.3, 0.1, 0) : new BehaviourAxes(0.71, 0.93, 0.82, 0.14),
        Reasons = verdict == Verdict.Clear
            ? []
            : [
                new Reason("TEMPLATE", "96 % of its requests fill one template of 212 words, with a new task each time.", 5.3, ["x-000004", "x-000190"]),
                new Reason("SINGLE_TURN", "It has not once continued a conversation.", 1.4, []),
            ],
        Exposure = new Exposure(exchanges, exchanges * 9 / 10, exchanges * 640, exchanges / 1000.0),
    };
}
