namespace Stillgate.Lab.Evaluation;

/// <summary>Adds up the reports of several logs: counts add, rings line up.</summary>
public static class EvaluationSum
{
    /// <summary>Adds up reports.</summary>
    /// <param name="reports">At least one report.</param>
    /// <returns>One report over all their accounts and rings.</returns>
    public static EvaluationReport Of(IReadOnlyList<EvaluationReport> reports) => new()
    {
        FalseAlarms = Sum(reports.Select(report => report.FalseAlarms)),
        FalseAlarmsByKind = SumBy(reports.Select(report => report.FalseAlarmsByKind)),
        FalseAlarmsByLanguage = SumBy(reports.Select(report => report.FalseAlarmsByLanguage)),
        RecallByRingKind = SumBy(reports.Select(report => report.RecallByRingKind)),
        RingRecall = Sum(reports.Select(report => report.RingRecall)),
        RecallBySingleKind = SumBy(reports.Select(report => report.RecallBySingleKind)),
        LoudBy128 = Sum(reports.Select(report => report.LoudBy128)),
        Rings = [.. reports.SelectMany(report => report.Rings)],
        PairPrecision = Sum(reports.Select(report => report.PairPrecision)),
        PairRecall = Sum(reports.Select(report => report.PairRecall)),
        HarvestLegitimatePairs = reports.Sum(report => report.HarvestLegitimatePairs),
        UndecidableHarvests = Sum(reports.Select(report => report.UndecidableHarvests)),
        UndecidableLegitimate = Sum(reports.Select(report => report.UndecidableLegitimate)),
    };

    private static Rate Sum(IEnumerable<Rate> rates) =>
        rates.Aggregate(default(Rate), (sum, rate) => new Rate(sum.Hits + rate.Hits, sum.Total + rate.Total));

    private static SortedDictionary<string, Rate> SumBy(IEnumerable<IReadOnlyDictionary<string, Rate>> tables) =>
        new(tables.SelectMany(table => table).GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(same => same.Key, Sum), StringComparer.Ordinal);
}
