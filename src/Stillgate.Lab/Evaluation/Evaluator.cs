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
        var (precision, recall, mixed) = Pairs(labels, snapshot, ringed);
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
            PairPrecision = precision,
            PairRecall = recall,
            HarvestLegitimatePairs = mixed,
            UndecidableFlagged = Flagged(judged.Where(account => account.Label.Undecidable)),
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

    private static (Rate Precision, Rate Recall, long Mixed) Pairs(
        IReadOnlyDictionary<string, AccountLabel> labels, AnalysisSnapshot snapshot, Judged[] ringed)
    {
        var campaignOf = new Dictionary<string, string>(StringComparer.Ordinal);
        long paired = 0, right = 0, mixed = 0;
        foreach (var campaign in snapshot.Campaigns)
        {
            var members = campaign.Accounts.Where(labels.ContainsKey).Select(account => labels[account]).ToArray();
            foreach (var member in members)
            {
                campaignOf[member.Account] = campaign.Id;
            }

            long harvest = members.Count(member => member.Harvest);
            paired += Choose2(members.Length);
            right += members.Where(member => member.Ring is not null).GroupBy(member => member.Ring).Sum(same => Choose2(same.Count()));
            mixed += harvest * (members.Length - harvest);
        }

        long possible = 0, found = 0;
        foreach (var ring in ringed.GroupBy(account => account.Label.Ring))
        {
            possible += Choose2(ring.Count());
            found += ring.Where(account => campaignOf.ContainsKey(account.Label.Account))
                .GroupBy(account => campaignOf[account.Label.Account]).Sum(same => Choose2(same.Count()));
        }

        return (new Rate(right, paired), new Rate(found, possible), mixed);
    }

    private static long Choose2(long n) => n * (n - 1) / 2;

    private sealed record Judged(AccountLabel Label, AccountVerdict Verdict);
}
