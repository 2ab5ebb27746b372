using System.Globalization;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Figures;

namespace Stillgate.Lab.Scale;

/// <summary>Writes the page of a scale run.</summary>
public static class ScalePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="options">What was run.</param>
    /// <param name="report">What came of it.</param>
    /// <returns>Markdown.</returns>
    public static string Write(ScaleOptions options, ScaleReport report)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        var page = new MarkdownPage();
        page.Heading(1, "Detection at scale");
        page.Paragraph($"Made by `stillgate lab scale --accounts {options.Accounts} --campaign-accounts {options.CampaignAccounts} --campaign-exchanges {options.CampaignExchanges} --campaign-kind {options.CampaignKind} --wordings {options.Wordings} --seed {options.Texts.Seed}` in one process on {Environment.ProcessorCount} cores: composed, sketched and analysed as a stream, no text written. Legitimate accounts are those of every composition, with their usual kinds and shared prompts, but light: at most {options.LegitimateExchangesMax} exchanges each. The campaign is one ring of the kind `{options.CampaignKind}` over {options.Wordings} wordings of its prompt. One composition, one seed: the intervals are over accounts and take them for independent.");
        page.Table(["what", "measured"], Rows(report));
        return page.ToString();
    }

    /// <summary>The report as names and values.</summary>
    /// <param name="report">The report.</param>
    /// <returns>A row for each figure.</returns>
    public static IEnumerable<IReadOnlyList<string>> Rows(ScaleReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return ["accounts that made an exchange", Text($"{report.Accounts:N0}")];
        yield return ["exchanges, of them the campaign's", Text($"{report.Exchanges:N0}, {report.CampaignExchanges:N0}")];
        yield return ["campaign accounts flagged", ReportPage.Text(report.Recall)];
        yield return ["legitimate accounts flagged", ReportPage.Text(report.FalseAlarms)];
        yield return ["pairs in one named campaign that are of the campaign", ReportPage.Text(report.PairPrecision)];
        yield return ["pairs of the campaign that are in one named campaign", ReportPage.Text(report.PairRecall)];
        yield return ["harvest-to-legitimate pairs in one named campaign", Text($"{report.HarvestLegitimatePairs:N0}")];
        yield return ["campaigns named", Text($"{report.CampaignsNamed:N0}")];
        yield return ["campaign exchanges served before the flag of their account", Text($"{report.ServedBefore:N0}, {report.ServedBefore / (double)Math.Max(1, report.CampaignExchanges):P1}")];
        yield return ["first flag after the campaign's first exchange", report.FirstFlagAfter is { } after ? Text($"{after.TotalHours:N1} h, {report.ExchangesAtFirstFlag:N0} exchanges of the campaign") : "never"];
        yield return ["exchanges/s of the engine alone, one thread", Text($"{report.EnginePerSecond:N0}")];
        yield return ["exchanges/s end to end: compose, sketch, analyse", Text($"{report.EndToEndPerSecond:N0}")];
        yield return ["time end to end", Text($"{report.Elapsed.TotalMinutes:N1} min")];
        yield return ["memory of the engine at the end; beyond an empty engine's, an account", Text($"{report.EngineBytes >> 20:N0} MiB; {report.EngineBytesPerAccount:N0} bytes")];
        yield return ["the same with every account at rest", Text($"{report.RestingBytesPerAccount:N0} bytes")];
        yield return ["peak memory of the process, composer and all", Text($"{report.PeakBytes >> 20:N0} MiB")];
    }
}
