using System.Globalization;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Figures;

/// <summary>What was aimed at beside what was measured.</summary>
internal static class GoalsSection
{
    private static readonly HashSet<string> BeyondTheGoal = [RingKinds.Paraphrase, RingKinds.Trajectory, RingKinds.RawList];

    public static void Write(MarkdownPage page, EvaluationReport report)
    {
        page.Heading(2, "Against the goals");
        var worstKind = report.FalseAlarmsByKind.MaxBy(pair => pair.Value.Share);
        var goal = report.RecallByRingKind.Where(pair => !BeyondTheGoal.Contains(pair.Key)).ToArray();
        var beyond = report.RecallByRingKind.Where(pair => BeyondTheGoal.Contains(pair.Key)).ToArray();
        page.Table(
            ["what", "goal", "measured"],
            [
                ["legitimate accounts ever flagged, all kinds", "<= 0.1 %", DetectionPage.Text(report.FalseAlarms)],
                ["the same, worst kind", "<= 0.5 %", Worst(worstKind)],
                ["largest ratio of false alarms between languages", "<= 1.25", Ratio(report)],
                ["accounts of rings flagged, the ten kinds that the goal names", ">= 90 %", DetectionPage.Text(Sum(goal))],
                ["the same, worst kind of ring", ">= 60 %", Worst(goal.MinBy(pair => pair.Value.Share))],
                ["accounts of rings flagged, three harder kinds: paraphrased for each account, trajectories, raw lists", "", DetectionPage.Text(Sum(beyond))],
                ["exchanges served before the flag, median over rings", "<= 20 %", report.MedianServedShare.ToString("P1", CultureInfo.InvariantCulture)],
                ["pairs in one campaign that are of one ring", ">= 99 %", DetectionPage.Text(report.PairPrecision)],
                ["pairs of one ring that are in one campaign", ">= 80 %", DetectionPage.Text(report.PairRecall)],
                ["harvest-to-legitimate pairs in one campaign", "0", report.HarvestLegitimatePairs.ToString("N0", CultureInfo.InvariantCulture)],
                ["single loud harvesters flagged by their 128th exchange", ">= 80 %", DetectionPage.Text(report.LoudBy128)],
            ]);
        page.Paragraph($"Accounts whose content cannot decide stand in no line above but in [their own table](#pairs-that-content-cannot-separate).");
    }

    private static Rate Sum(IEnumerable<KeyValuePair<string, Rate>> kinds) =>
        kinds.Aggregate(default(Rate), (sum, kind) => new Rate(sum.Hits + kind.Value.Hits, sum.Total + kind.Value.Total));

    private static string Worst(KeyValuePair<string, Rate> worst) => worst.Key is null ? "none" : worst.Key + ": " + DetectionPage.Text(worst.Value);

    private static string Ratio(EvaluationReport report) => LanguageGap.Of(report.FalseAlarmsByLanguage) switch
    {
        null => "no false alarm in any language: no ratio",
        { Alarms: < LanguageGap.AlarmsMin } gap => string.Create(CultureInfo.InvariantCulture, $"not shown by {gap.Alarms} false alarms in all; [see below](#false-alarms-by-language)"),
        { } gap => AlarmSection.Ratio(gap),
    };
}
