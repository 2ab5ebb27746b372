using System.Globalization;
using System.Text;

namespace Stillgate.Lab.Evaluation;

/// <summary>Writes an evaluation as a Markdown page.</summary>
public static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">The evaluation over all logs.</param>
    /// <param name="logs">What was analysed and how it went, a line each.</param>
    /// <param name="calibration">The calibration used, in words.</param>
    /// <returns>Markdown.</returns>
    public static string Write(EvaluationReport report, IEnumerable<string> logs, string calibration)
    {
        var page = new StringBuilder();
        page.AppendLine("# Detection on composed logs").AppendLine();
        page.AppendLine("Rebuilt by `./build.sh figures detection`. The logs are composed from text sources and harvesting wrappers that were").AppendLine("not used in tuning; the truth is known because they are composed. Shares carry 95 % Wilson intervals; accounts of one log are not").AppendLine("independent, so the intervals are optimistic. Nothing here says how the detection does on your traffic: calibrate on your own.").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"Calibration: {calibration}").AppendLine();
        page.AppendLine("## What was analysed").AppendLine();
        foreach (var log in logs)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"- {log}");
        }

        page.AppendLine().AppendLine("## Against the goals").AppendLine();
        page.AppendLine("| what | goal | measured |").AppendLine("|---|---|---|");
        Row(page, "legitimate accounts ever flagged, all kinds", "<= 0.1 %", Text(report.FalseAlarms));
        var worstKind = report.FalseAlarmsByKind.MaxBy(pair => pair.Value.Share);
        Row(page, "the same, worst kind", "<= 0.5 %", worstKind.Key + ": " + Text(worstKind.Value));
        Row(page, "accounts of rings flagged", ">= 90 %", Text(report.RingRecall));
        var worstRing = report.RecallByRingKind.MinBy(pair => pair.Value.Share);
        Row(page, "the same, worst kind of ring", ">= 60 %", worstRing.Key + ": " + Text(worstRing.Value));
        Row(page, "exchanges served before the flag, median over rings", "<= 20 %", report.MedianServedShare.ToString("P1", CultureInfo.InvariantCulture));
        Row(page, "pairs in one campaign that are of one ring", ">= 99 %", Text(report.PairPrecision));
        Row(page, "pairs of one ring that are in one campaign", ">= 80 %", Text(report.PairRecall));
        Row(page, "harvest-to-legitimate pairs in one campaign", "0", report.HarvestLegitimatePairs.ToString("N0", CultureInfo.InvariantCulture));
        Row(page, "single loud harvesters flagged by their 128th exchange", ">= 80 %", Text(report.LoudBy128));
        Row(page, "evaluators that attest nothing, flagged (content cannot decide: reported apart, in no line above)", "", Text(report.UndecidableLegitimate));
        Row(page, "single harvesters of the same contents, flagged (likewise)", "", Text(report.UndecidableHarvests));
        Table(page, "Rings, by kind", "ring kind", report.RecallByRingKind, kind => Median(report.Rings.Where(ring => ring.Kind == kind)));
        Table(page, "Single harvesters", "kind", report.RecallBySingleKind, null);
        Table(page, "False alarms by kind of legitimate account", "kind", report.FalseAlarmsByKind, null);
        Table(page, "False alarms by language", "language", report.FalseAlarmsByLanguage, null);
        return page.ToString();
    }

    /// <summary>A rate with its interval, as text.</summary>
    /// <param name="rate">The rate.</param>
    /// <returns>For example <c>3/873, 0.34 % [0.12 %, 1.01 %]</c>.</returns>
    public static string Text(Rate rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{rate.Hits}/{rate.Total}, {rate.Share:P2} [{rate.Low:P2}, {rate.High:P2}]");

    private static void Row(StringBuilder page, string what, string goal, string measured) =>
        page.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {goal} | {measured} |");

    private static void Table(StringBuilder page, string title, string key, IReadOnlyDictionary<string, Rate> rates, Func<string, double>? served)
    {
        page.AppendLine().AppendLine("## " + title).AppendLine();
        page.AppendLine(served is null ? $"| {key} | accounts flagged |" : $"| {key} | accounts flagged | served before the flag (median ring) |");
        page.AppendLine(served is null ? "|---|---|" : "|---|---|---|");
        foreach (var (name, rate) in rates)
        {
            page.AppendLine(served is null
                ? $"| {name} | {Text(rate)} |"
                : string.Create(CultureInfo.InvariantCulture, $"| {name} | {Text(rate)} | {served(name):P1} |"));
        }
    }

    private static double Median(IEnumerable<RingOutcome> rings)
    {
        var shares = rings.Select(ring => ring.ServedShare).Order().ToArray();
        return shares.Length == 0 ? 0 : shares[shares.Length / 2];
    }
}
