using Stillgate.Detection.Findings;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Demo;

/// <summary>What a demo run found, measured against the labels of the composed log.</summary>
internal sealed record DemoResult
{
    /// <summary>Seed of the composed traffic.</summary>
    public required long Seed { get; init; }

    /// <summary>Exchanges analysed.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Requests that could not be sent or were not answered with 2xx.</summary>
    public required long FailedRequests { get; init; }

    /// <summary>Records that the gateway dropped.</summary>
    public required long RecordsDropped { get; init; }

    /// <summary>Seconds from the first request to the last record analysed.</summary>
    public required double Seconds { get; init; }

    /// <summary>The campaigns, oldest first.</summary>
    public required IReadOnlyList<CampaignLine> Campaigns { get; init; }

    /// <summary>Rings in the composed log.</summary>
    public required int Rings { get; init; }

    /// <summary>Rings of which at least half of the accounts stand in one campaign.</summary>
    public required int RingsFound { get; init; }

    /// <summary>Accounts that harvest, by their label, and were seen.</summary>
    public required int HarvestingAccounts { get; init; }

    /// <summary>Those of them whose verdict is harvest.</summary>
    public required int HarvestingFound { get; init; }

    /// <summary>Legitimate accounts that were seen.</summary>
    public required int LegitimateAccounts { get; init; }

    /// <summary>Legitimate accounts whose verdict is harvest, by kind. Empty is what one hopes for.</summary>
    public required IReadOnlyDictionary<string, int> FalseAlarms { get; init; }

    /// <summary>Measures a snapshot.</summary>
    public static DemoResult Measure(AnalysisSnapshot snapshot, IReadOnlyDictionary<string, AccountLabel> labels, DemoTotals totals)
    {
        var seen = snapshot.Verdicts.Where(verdict => labels.ContainsKey(verdict.Account)).Select(verdict => (verdict.Verdict, Label: labels[verdict.Account])).ToArray();
        var rings = labels.Values.Where(label => label.Ring is not null).GroupBy(label => label.Ring!, StringComparer.Ordinal).ToArray();
        return new DemoResult
        {
            Seed = totals.Seed,
            Exchanges = snapshot.ExchangeCount,
            FailedRequests = totals.FailedRequests,
            RecordsDropped = totals.RecordsDropped,
            Seconds = Math.Round(totals.Elapsed.TotalSeconds, 1),
            Campaigns = [.. snapshot.Campaigns.Select(campaign => CampaignLine.Of(campaign, labels))],
            Rings = rings.Length,
            RingsFound = rings.Count(ring => snapshot.Campaigns.Any(campaign =>
                2 * ring.Count(label => campaign.Accounts.Contains(label.Account)) >= ring.Count())),
            HarvestingAccounts = seen.Count(account => account.Label.Harvest),
            HarvestingFound = seen.Count(account => account.Label.Harvest && account.Verdict == Verdict.Harvest),
            LegitimateAccounts = seen.Count(account => !account.Label.Harvest),
            FalseAlarms = seen.Where(account => !account.Label.Harvest && account.Verdict == Verdict.Harvest)
                .GroupBy(account => account.Label.Kind, StringComparer.Ordinal)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .ToDictionary(kind => kind.Key, kind => kind.Count(), StringComparer.Ordinal),
        };
    }
}
