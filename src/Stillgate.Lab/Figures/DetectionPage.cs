using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>Lays out the detection's page: its sections in order, and the charts beside it.</summary>
internal static class DetectionPage
{
    /// <summary>Writes the page and its charts.</summary>
    /// <param name="findings">What was measured.</param>
    /// <param name="name">Name of the page's file without its ending; the charts' names begin with it.</param>
    /// <returns>File names with their contents, the page first.</returns>
    public static IReadOnlyList<(string Name, string Content)> Write(DetectionFindings findings, string name)
    {
        var page = new MarkdownPage();
        var charts = new ChartFiles(name);
        page.Heading(1, "Detection on composed logs");
        page.Paragraph($"Rebuilt by `./build.sh figures detection`. The logs are composed from text sources and harvesting wrappers that were not used in tuning; the truth is known because they are composed. Shares carry 95 % Wilson intervals; accounts of one log are not independent, so the intervals are optimistic. Nothing here says how the detection does on your traffic: calibrate on your own.");
        page.Paragraph($"Calibration: {findings.Calibration}.");
        page.Heading(2, "What was analysed");
        page.Bullets(findings.Logs);
        page.Paragraph($"Speed, on the machine that made this page and whatever else it was doing:");
        page.Bullets(findings.Speeds);
        page.Paragraph($"A million accounts and a campaign among them: [detection-scale.md](detection-scale.md).");
        GoalsSection.Write(page, findings.Report);
        CurveSection.Write(page, charts, findings.Detectors);
        MapSection.Write(page, findings.Maps);
        TimeSection.Write(page, charts, findings.Report.Rings);
        RecallSection.Write(page, findings);
        AlarmSection.Write(page, charts, findings);
        AblationSection.Write(page, charts, findings.Ablation);
        AttackSection.Write(page, charts, findings);
        page.Heading(2, "What ran");
        page.Bullets(findings.Parts);
        return [($"{name}.md", page.ToString()), .. charts.Files];
    }

    /// <summary>A share with counts and interval.</summary>
    public static string Text(Rate rate) => rate.Total == 0 ? "none" : ReportPage.Text(rate);
}
