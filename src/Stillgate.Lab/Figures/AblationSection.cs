using System.Globalization;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>What each family of signals is worth.</summary>
internal static class AblationSection
{
    public static void Write(MarkdownPage page, ChartFiles charts, IReadOnlyList<AblationRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.Heading(2, "Ablation: what each family of signals is worth");
        page.Paragraph($"The same logs again, each time with one family taken away: what exchanges and registrations carry is stripped before the analysis sees it; what is measured of times, subjects, repetition and length loses its weight. Models and controls are not fitted anew, so that the loss is that of an attacker who hides the signal, not of a detector built without it.");
        var chart = new IntervalChart
        {
            Title = "Accounts of rings flagged, without a family of signals",
            Description = "Share of ring accounts flagged with its 95 % interval, without: " + string.Join("; ", rows.Select(row => $"{Name(row)}: {ChartAxis.Percent(Math.Round(row.Report.RingRecall.Share, 2))}")) + ".",
            X = ChartAxis.Share("share of ring accounts flagged"),
            Rows = [.. rows.Select(row => new IntervalRow(Short(row), (row.Report.RingRecall.Low, row.Report.RingRecall.Share, row.Report.RingRecall.High), string.Create(CultureInfo.InvariantCulture, $"false alarms {row.Report.FalseAlarms.Hits}")))],
        };
        page.Image(charts.Add("ablation", chart.Draw()), chart.Description);
        page.Table(
            ["without", "ring accounts flagged", "worst kind of ring", "single harvesters flagged", "legitimate accounts flagged", "pair precision", "pair recall"],
            rows.Select(row => (IReadOnlyList<string>)
            [
                Name(row),
                DetectionPage.Text(row.Report.RingRecall),
                Worst(row.Report),
                Percent(row.Report.RecallBySingleKind.Values.Aggregate(default(Rate), (sum, rate) => new Rate(sum.Hits + rate.Hits, sum.Total + rate.Total))),
                DetectionPage.Text(row.Report.FalseAlarms),
                Percent(row.Report.PairPrecision),
                Percent(row.Report.PairRecall),
            ]));
    }

    private static string Name(AblationRow row) => row.Without ?? "nothing: all signals";

    // Room on the left of a chart is short: the words in brackets or after a colon stand in the table.
    private static string Short(AblationRow row) => Name(row).Split('(', ':')[0].Trim();

    private static string Worst(EvaluationReport report)
    {
        var worst = report.RecallByRingKind.MinBy(pair => pair.Value.Share);
        return worst.Key is null ? "none" : $"{worst.Key} {Percent(worst.Value)}";
    }

    private static string Percent(Rate rate) => rate.Total == 0 ? "none" : ChartAxis.Percent(Math.Round(rate.Share, 3));
}
