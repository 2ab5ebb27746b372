using System.Globalization;
using Stillgate.Lab.Attacks;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>Attackers that know the detection and vary what it rests on, and where it goes blind.</summary>
internal static class AttackSection
{
    public static void Write(MarkdownPage page, ChartFiles charts, DetectionFindings findings)
    {
        if (findings.Attacks.Count == 0)
        {
            return;
        }

        page.Heading(2, "Adaptive attackers");
        page.Paragraph($"Rings composed for each setting, hidden in a background of {findings.AttackBackground}. *Blind* means that fewer than half of the accounts are flagged. Few rings stand behind each point, and the intervals take accounts for independent: read the course, not the digit.");
        foreach (var (sweep, outcomes) in findings.Attacks)
        {
            WriteSweep(page, charts, sweep, outcomes);
        }

        if (findings.Identifiers is { } identifiers)
        {
            WriteIdentifiers(page, identifiers.Shared.Report, identifiers.Distinct.Report);
            SearchSection.Write(page, findings.Attacks.SelectMany(attack => attack.Outcomes), identifiers.Shared, identifiers.Distinct);
        }
    }

    private static void WriteSweep(MarkdownPage page, ChartFiles charts, AttackSweep sweep, IReadOnlyList<AttackOutcome> outcomes)
    {
        page.Heading(3, sweep.Title);
        page.Paragraph($"{sweep.Setting}");
        page.Paragraph($"{BlindPoint.Describe(outcomes)}");
        var chart = new LineChart
        {
            Title = sweep.Title + ": what is still found",
            Description = sweep.Title + ". Share of ring accounts flagged: " + string.Join(", ", outcomes.Select(outcome => $"{outcome.Point.Text}: {Percent(outcome.Report.RingRecall.Share)}")) + ". " + BlindPoint.Describe(outcomes).Replace("**", "", StringComparison.Ordinal),
            X = sweep.X,
            Y = ChartAxis.Share("share"),
            Goal = (BlindPoint.BlindBelow, "blind below"),
            Lines =
            [
                new ChartLine("accounts flagged", Points(outcomes, outcome => outcome.Report.RingRecall.Share)) { IsMain = true, HasMarkers = true },
                new ChartLine("pairs of a ring linked", Points(outcomes, outcome => outcome.Report.PairRecall.Share)) { HasMarkers = true },
                new ChartLine("served before the flag", Points(outcomes, outcome => outcome.ServedShare)) { HasMarkers = true },
            ],
        };
        page.Image(charts.Add("attack-" + sweep.Id, chart.Draw()), chart.Description);
        page.Table(
            ["setting", "accounts flagged", "rings found", "served before the flag", "pairs linked", "legitimate accounts flagged"],
            outcomes.Select(outcome => (IReadOnlyList<string>)
            [
                outcome.Point.Text,
                DetectionPage.Text(outcome.Report.RingRecall),
                string.Create(CultureInfo.InvariantCulture, $"{outcome.RingsFound.Hits} of {outcome.RingsFound.Total}"),
                Percent(outcome.ServedShare),
                Percent(outcome.Report.PairRecall.Share),
                string.Create(CultureInfo.InvariantCulture, $"{outcome.Report.FalseAlarms.Hits} of {outcome.Report.FalseAlarms.Total:N0}"),
            ]));
    }

    private static void WriteIdentifiers(MarkdownPage page, EvaluationReport shared, EvaluationReport distinct)
    {
        page.Heading(3, "Identifiers all distinct");
        page.Paragraph($"One ring of every kind, 16 accounts of 200 exchanges: with payment, mail domain, addresses and day of registration shared as the kind does, and with all of them distinct. In all {DetectionPage.Text(shared.RingRecall)} of the accounts are flagged in the first case and {DetectionPage.Text(distinct.RingRecall)} in the second.");
        page.Table(
            ["ring kind", "as the kind shares them", "all distinct"],
            shared.RecallByRingKind.Select(kind => (IReadOnlyList<string>)[kind.Key, DetectionPage.Text(kind.Value), DetectionPage.Text(distinct.RecallByRingKind.GetValueOrDefault(kind.Key))]));
    }

    private static IReadOnlyList<(double X, double Y)> Points(IReadOnlyList<AttackOutcome> outcomes, Func<AttackOutcome, double> value) =>
        [.. outcomes.Select(outcome => (outcome.Point.X, value(outcome)))];

    private static string Percent(double share) => ChartAxis.Percent(Math.Round(share, 3));
}
