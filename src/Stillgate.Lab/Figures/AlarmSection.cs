using System.Globalization;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>False alarms by kind of legitimate account and by language, and how far apart languages are.</summary>
internal static class AlarmSection
{
    public static void Write(MarkdownPage page, ChartFiles charts, DetectionFindings findings)
    {
        var report = findings.Report;
        var chart = Chart(report);
        page.Heading(2, "False alarms");
        page.Image(charts.Add("false-alarms", chart.Draw()), chart.Description);
        page.Heading(3, "False alarms by kind of legitimate account");
        WriteTable(page, "kind", report.FalseAlarmsByKind);
        page.Heading(3, "False alarms by language");
        WriteTable(page, "language", report.FalseAlarmsByLanguage);
        WriteGap(page, findings);
    }

    /// <summary>A gap in words.</summary>
    public static string Ratio(LanguageGap gap)
    {
        var (low, high) = gap.Interval;
        return string.Create(CultureInfo.InvariantCulture, $"{Number(gap.Ratio)} [{Number(low)}, {Number(high)}] ({gap.Most.Language} {gap.Most.Rate.Hits}/{gap.Most.Rate.Total} to {gap.Least.Language} {gap.Least.Rate.Hits}/{gap.Least.Rate.Total})");
    }

    private static void WriteGap(MarkdownPage page, DetectionFindings findings)
    {
        var gap = LanguageGap.Of(findings.Report.FalseAlarmsByLanguage);
        if (gap is null)
        {
            page.Paragraph($"There is no false alarm, and so no ratio between languages.");
        }
        else if (gap.Alarms < LanguageGap.AlarmsMin)
        {
            page.Paragraph($"**Too few to show a ratio**: {gap.Alarms} false alarms in all. The largest ratio is {Ratio(gap)}, and equal languages would show a ratio at least as large in {ChartAxis.Percent(Math.Round(gap.EqualShareAbove, 2))} of cases. To show a ratio of at most 1.25 takes some hundreds of alarms in each language.");
        }
        else
        {
            page.Paragraph($"The largest ratio is {Ratio(gap)}; {Equal(gap)}.");
        }

        WriteLoose(page, findings.Loose);
    }

    private static void WriteLoose(MarkdownPage page, LooseAlarms loose)
    {
        page.Heading(3, "Languages, at budgets far larger than ours");
        page.Paragraph($"What languages would be told apart by if we granted {LooseAlarms.Factor} times the chances of a false alarm that we do: the same engine and the same rules over {loose.Accounts.Sum(pair => pair.Value.Total):N0} legitimate accounts, those of the [contrasting population](detection-contrast.md) among them where it was given. A community that is named is one decision, however many accounts it has. Nobody is told of these.");
        page.Table(
            ["language", "decisions: communities and lone accounts", "accounts"],
            loose.Decisions.Select(pair => (IReadOnlyList<string>)[pair.Key, DetectionPage.Text(pair.Value), DetectionPage.Text(loose.Accounts[pair.Key])]));
        if (LanguageGap.Of(loose.Decisions) is { } gap)
        {
            page.Paragraph($"Of {gap.Alarms} decisions the largest ratio is {Ratio(gap)}; {Equal(gap)}. The interval holds for all pairs of the {gap.LanguageCount} languages at once, and so for these two, which were picked as the extremes. To show a ratio of at most 1.25 takes some hundreds of decisions in each language.");
        }
    }

    private static string Equal(LanguageGap gap) => string.Create(
        CultureInfo.InvariantCulture,
        $"with the same counts, languages that are equal show a largest ratio of {Number(gap.EqualMedian)} in the median and one at least as large as measured in {ChartAxis.Percent(Math.Round(gap.EqualShareAbove, 2))} of cases");

    private static void WriteTable(MarkdownPage page, string key, IReadOnlyDictionary<string, Rate> rates) =>
        page.Table([key, "accounts flagged"], rates.Select(pair => (IReadOnlyList<string>)[pair.Key, DetectionPage.Text(pair.Value)]));

    private static IntervalChart Chart(EvaluationReport report)
    {
        // Every dot is in the chart; the whisker of a kind of few accounts may run out of it.
        var highest = report.FalseAlarmsByKind.Concat(report.FalseAlarmsByLanguage).Select(pair => Math.Max(pair.Value.Share, Math.Min(pair.Value.High, 0.2))).DefaultIfEmpty(0.01).Max();
        return new IntervalChart
        {
            Title = "Legitimate accounts flagged",
            Description = $"A dot for the share of legitimate accounts flagged and whiskers for its 95 % interval, by kind and by language. In all {ReportPage.Text(report.FalseAlarms)}. The tables below hold the same numbers.",
            X = ChartAxis.Share("share of accounts flagged", Math.Clamp(Math.Ceiling(highest * 100) / 100, 0.01, 1)),
            Goal = (0.005, "0.5 %"),
            Rows =
            [
                new IntervalRow("By kind", null, ""), .. Rows(report.FalseAlarmsByKind),
                new IntervalRow("By language", null, ""), .. Rows(report.FalseAlarmsByLanguage),
            ],
        };
    }

    private static IEnumerable<IntervalRow> Rows(IReadOnlyDictionary<string, Rate> rates) =>
        rates.Select(pair => new IntervalRow(pair.Key, (pair.Value.Low, pair.Value.Share, pair.Value.High), string.Create(CultureInfo.InvariantCulture, $"{pair.Value.Hits} of {pair.Value.Total:N0}")));

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("F2", CultureInfo.InvariantCulture) : "unbounded";
}
