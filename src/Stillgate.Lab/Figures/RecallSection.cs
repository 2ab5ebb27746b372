using System.Globalization;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>What is found of each kind of ring and of single harvesters, and what content cannot decide.</summary>
internal static class RecallSection
{
    public static void Write(MarkdownPage page, DetectionFindings findings)
    {
        var report = findings.Report;
        page.Heading(2, "Rings, by kind");
        page.Table(
            ["ring kind", "rings", "accounts flagged", "served before the flag (median ring)"],
            report.RecallByRingKind.Select(kind => (IReadOnlyList<string>)
            [
                kind.Key,
                report.Rings.Count(ring => ring.Kind == kind.Key).ToString(CultureInfo.InvariantCulture),
                DetectionPage.Text(kind.Value),
                Median(report.Rings.Where(ring => ring.Kind == kind.Key)),
            ]));
        page.Heading(2, "Single harvesters");
        page.Table(["kind", "accounts flagged"], report.RecallBySingleKind.Select(kind => (IReadOnlyList<string>)[kind.Key, DetectionPage.Text(kind.Value)]));
        WritePairs(page, findings.Detectors);
    }

    private static void WritePairs(MarkdownPage page, IReadOnlyList<DetectorScores> detectors)
    {
        page.Heading(2, "Pairs that content cannot separate");
        page.Paragraph($"Each line is a harvest and a legitimate use that send the same contents: no reading of requests can tell them apart, only attestation and the company that an account keeps. An area of 0.5 is a coin. The single harvesters and the unattested evaluators stand in no other table of this page.");
        var words = detectors.FirstOrDefault(detector => detector.Name == "bag of words");
        page.Table(
            ["harvest", "accounts flagged", "legitimate use", "accounts flagged", "area between them, ours", "bag of words"],
            InseparablePair.All.Select(pair => (IReadOnlyList<string>)
            [
                pair.Harvest,
                DetectionPage.Text(detectors[0].Above(EvidenceScores.HarvestFrom, pair.IsHarvest)),
                pair.Legitimate,
                DetectionPage.Text(detectors[0].Above(EvidenceScores.HarvestFrom, pair.IsLegitimate)),
                Area(detectors[0], pair),
                words is null ? "not run" : Area(words, pair),
            ]));
    }

    private static string Area(DetectorScores detector, InseparablePair pair)
    {
        var area = detector.Between(pair.IsLegitimate, pair.IsHarvest).Area;
        return double.IsNaN(area) ? "none to compare" : area.ToString("F2", CultureInfo.InvariantCulture);
    }

    private static string Median(IEnumerable<RingOutcome> rings)
    {
        var shares = rings.Select(ring => ring.ServedShare).Order().ToArray();
        return ChartAxis.Percent(Math.Round(shares.Length == 0 ? 0 : shares[shares.Length / 2], 3));
    }
}
