using Stillgate.Detection.Findings;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>Compares findings with the truth.</summary>
public static class Evaluator
{
    /// <summary>Compares.</summary>
    /// <param name="labels">The truth by account.</param>
    /// <param name="snapshot">The findings.</param>
    /// <returns>The report. Accounts that made no exchange are left out.</returns>
    public static EvaluationReport Evaluate(IReadOnlyDictionary<string, AccountLabel> labels, AnalysisSnapshot snapshot)
    {
        var judged = snapshot.Verdicts.Where(verdict => labels.ContainsKey(verdict.Account))
            .Select(verdict => new Judged(labels[verdict.Account], verdict)).ToArray();
        var decidable = judged.Where(account => !account.Label.Undecidable).ToArray();
        var legitimate = decidable.Where(account => !account.Label.Harvest).ToArray();
        var ringed = decidable.Where(account => account.Label is { Harvest: true, Ring: not null }).ToArray();
        var single = decidable.Where(account => account.Label is { Harvest: true, Ring: null }).ToArray();
        var pairs = PairCount.Of(labels, snapshot.Campaigns.Select(campaign => campaign.Accounts), ringed.Select(account => account.Label));
        return new EvaluationReport
        {
            FalseAlarms = Flagged(legitimate),
            FalseAlarmsByKind = By(legitimate, account => account.Label.Kind),
            FalseAlarmsByLanguage = By(legitimate, account => account.Label.Language),
            RingRecall = Flagged(ringed),
            RecallByRingKind = By(ringed, account => account.Label.RingKind!),
            RecallBySingleKind = By(single, account => account.Label.Kind),
            LoudBy128 = single.Where(account => account.Label.Kind == "harvester-loud")
                .Aggregate(default(Rate), (rate, account) => rate.With(account.Verdict.FlaggedAt is { Index: <= 128 })),
            Rings = [.. ringed.GroupBy(account => account.Label.Ring!).Select(Outcome).OrderBy(ring => ring.Ring, StringComparer.Ordinal)],
            PairPrecision = pairs.Precision,
            PairRecall = pairs.Recall,
            HarvestLegitimatePairs = pairs.Mixed,
            UndecidableHarvests = Flagged(judged.Where(account => account.Label is { Undecidable: true, Harvest: true })),
            UndecidableLegitimate = Flagged(judged.Where(account => account.Label is { Undecidable: true, Harvest: false })),
        };
    }

    private static Rate Flagged(IEnumerable<Judged> accounts) =>
        accounts.Aggregate(default(Rate), (rate, account) => rate.With(account.Verdict.Verdict == Verdict.Harvest));

    private static SortedDictionary<string, Rate> By(IEnumerable<Judged> accounts, Func<Judged, string> key) =>
        new(accounts.GroupBy(key).ToDictionary(same => same.Key, Flagged), StringComparer.Ordinal);

    private static RingOutcome Outcome(IGrouping<string, Judged> ring)
    {
        long before = 0, all = 0;
        foreach (var (_, verdict) in ring)
        {
            all += verdict.Exposure.Exchanges;
            before += Math.Min(verdict.FlaggedAt?.Index ?? verdict.Exposure.Exchanges, verdict.Exposure.Exchanges);
        }

        return new RingOutcome(ring.Key, ring.First().Label.RingKind!, Flagged(ring), all == 0 ? 1 : (double)before / all)
        {
            Exchanges = all,
            ServedBefore = before,
        };
    }

    private sealed record Judged(AccountLabel Label, AccountVerdict Verdict);
}
