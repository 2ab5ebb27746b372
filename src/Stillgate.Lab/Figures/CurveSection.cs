using System.Globalization;
using Stillgate.Lab.Baselines;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>The detector's curve beside the baselines', on the same accounts of the same logs in the same run.</summary>
internal static class CurveSection
{
    private const double FalseAlarmsMin = 1e-4;
    private static readonly double[] Levels = [0.001, 0.005, 0.01, 0.05];

    public static void Write(MarkdownPage page, ChartFiles charts, IReadOnlyList<DetectorScores> detectors)
    {
        var rocs = detectors.Select(detector => detector.Roc).ToArray();
        var ours = detectors[0].Accounts.Where(account => !account.Label.Undecidable).ToArray();
        var flags = detectors[0].Above(HarvestFrom, label => label is { Undecidable: false, Harvest: false });
        page.Heading(2, "Against the baselines");
        page.Paragraph($"Every detector scores the same {ours.Length:N0} accounts of the same logs in this run, {ours.Count(account => account.Label.Harvest):N0} of them harvesting; those that learn are taught on another composition, of the tuning half. Our score of an account is its verdict, and within a verdict how near its best evidence came to the calibration's budget. The first column of recall is at our own false alarms ({DetectionPage.Text(flags)}): each baseline gets the threshold that flags no more legitimate accounts than we do. The baselines share a hashed embedding in place of the papers' encoders, which is weaker on paraphrase. Each is asked when its log has ended; FRAUDAR looks for its dense blocks in the whole of it.");
        var chart = Chart(detectors, rocs);
        page.Image(charts.Add("roc", chart.Draw()), chart.Description);
        page.Table(
            ["detector", "area", "harvesting accounts found at our false alarms", .. Levels.Select(level => "at " + ChartAxis.Percent(level))],
            detectors.Select((detector, index) => (IReadOnlyList<string>)
            [
                detector.Name,
                Number(rocs[index].Area),
                DetectionPage.Text(index == 0 ? Found(detector, HarvestFrom) : Found(detector, rocs[index].ThresholdAt(flags.Share))),
                .. Levels.Select(level => ChartAxis.Percent(Math.Round(rocs[index].RecallAt(level), 3))),
            ]));
        if (detectors.Count > 1)
        {
            Compare(page, detectors, rocs, flags.Share);
        }
    }

    // Scores of flagged accounts lie a verdict's step above all others; see EvidenceScores.
    private static double HarvestFrom => EvidenceScores.HarvestFrom;

    private static Rate Found(DetectorScores detector, double threshold) => detector.Above(threshold, label => label is { Undecidable: false, Harvest: true });

    private static void Compare(MarkdownPage page, IReadOnlyList<DetectorScores> detectors, AccountRoc[] rocs, double falseAlarms)
    {
        var ours = Found(detectors[0], HarvestFrom).Share;
        var ahead = Enumerable.Range(1, detectors.Count - 1).Where(index => Found(detectors[index], rocs[index].ThresholdAt(falseAlarms)).Share < ours).ToArray();
        var best = Enumerable.Range(1, detectors.Count - 1).MaxBy(index => Found(detectors[index], rocs[index].ThresholdAt(falseAlarms)).Share);
        page.Paragraph($"At our false alarms we are ahead of {ahead.Length} of the {detectors.Count - 1} baselines; the best of them is {detectors[best].Name}. By area, {detectors[Enumerable.Range(0, rocs.Length).MaxBy(index => rocs[index].Area)].Name} leads; area counts thresholds that flag half of all customers as much as usable ones.");
    }

    private static LineChart Chart(IReadOnlyList<DetectorScores> detectors, AccountRoc[] rocs) => new()
    {
        Title = "Accounts found against accounts falsely flagged",
        Description = "ROC curves over accounts, false alarms on a logarithmic axis. Share of harvesting accounts found where 1 % of the legitimate ones are flagged: "
            + string.Join(", ", detectors.Select((detector, index) => $"{detector.Name} {ChartAxis.Percent(Math.Round(rocs[index].RecallAt(0.01), 2))}")) + ".",
        X = ChartAxis.Logarithmic("share of legitimate accounts flagged", FalseAlarmsMin, 1, ChartAxis.Percent),
        Y = ChartAxis.Share("share of harvesting accounts flagged"),
        Lines = [.. detectors.Select((detector, index) => new ChartLine(detector.Name, Thinned(rocs[index].Curve())) { IsMain = index == 0 })],
    };

    // A curve has a point for every account: those that lie within a hair of the last are left out.
    private static List<(double X, double Y)> Thinned(IReadOnlyList<(double FalseAlarms, double Recall)> curve)
    {
        const double hair = 0.004;
        var axis = ChartAxis.Logarithmic("", FalseAlarmsMin, 1, ChartAxis.Percent);
        List<(double X, double Y)> kept = [];
        foreach (var point in curve)
        {
            var isNear = kept.Count > 0 && Math.Abs(axis.At(point.FalseAlarms) - axis.At(kept[^1].X)) < hair && Math.Abs(point.Recall - kept[^1].Y) < hair;
            if (!isNear)
            {
                kept.Add(point);
            }
        }

        kept.Add(curve[^1]);
        return kept;
    }

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
