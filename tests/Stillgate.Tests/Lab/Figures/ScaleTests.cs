using System.Globalization;
using Stillgate.Detection.Evidence;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Scale;
using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

public sealed class ScaleTests
{
    // The engine's goal for an account at rest, whatever the population.
    private const double RestingBytesMax = 1_024;

    [Fact]
    public async Task Run_SmallPopulation_FindsTheCampaign()
    {
        var options = Options(1_000, 24, 24 * 120);

        var report = await new ScaleRun(options).RunAsync(progress: null, TestContext.Current.CancellationToken);

        // Some accounts of any composition make no exchange within it.
        Assert.InRange(report.Accounts, 880, 1_030);
        Assert.InRange(report.CampaignExchanges, 24 * 60, 24 * 120);
        Assert.InRange(report.Exchanges, report.CampaignExchanges + 3_000, report.CampaignExchanges + (40 * 1_000));
        Assert.True(report.Recall.Share > 0.5);
        Assert.Equal(24, report.Recall.Total);
        Assert.InRange(report.ServedBefore, 1, report.CampaignExchanges - 1);
        Assert.True(report.FirstFlagAfter > TimeSpan.Zero);
        Assert.InRange(report.ExchangesAtFirstFlag!.Value, 1, report.CampaignExchanges - 1);
        Assert.True(report.EnginePerSecond > report.EndToEndPerSecond);
        Assert.True(report.PeakBytes > 1 << 20);
        Assert.Contains("--accounts 1000 --campaign-accounts 24 --campaign-exchanges 2880", ScalePage.Write(options, report), StringComparison.Ordinal);
        Assert.Contains("| campaign accounts flagged | " + ReportPage.Text(report.Recall), ScalePage.Write(options, report), StringComparison.Ordinal);
    }

    /// <summary>In a process of its own: the heap of this one also holds what other tests leave in shared pools, which comes and goes between the readings.</summary>
    [Fact]
    public async Task Run_InAProcessOfItsOwn_HoldsAnAccountAtRestInAKilobyte()
    {
        using var folder = new TemporaryFolder();
        var page = folder.File("scale.md");

        var ended = await CommandProcess.RunAsync(
            "lab", "scale", "--accounts", "1000", "--campaign-accounts", "24", "--campaign-exchanges", "2880", "--wordings", "1", "--seed", "3", "--texts", "builtin", "--out", page);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        var rows = await File.ReadAllLinesAsync(page, TestContext.Current.CancellationToken);
        var bytes = BytesOf(rows, "| memory of the engine at the end; beyond an empty engine's, an account |");
        Assert.InRange(BytesOf(rows, "| the same with every account at rest |"), 100, Math.Min(RestingBytesMax, bytes));
    }

    [Fact]
    public async Task Run_AsAStreamOfParts_FindsWhatOneCompositionFinds()
    {
        var stop = TestContext.Current.CancellationToken;
        var options = Options(1_000, 24, 24 * 120);

        var report = await new ScaleRun(options).RunAsync(progress: null, stop);
        var log = SketchedLog.Compose(options.Composition(), stop);
        var whole = Evaluator.Evaluate(log.Labels, log.Analyse(options.Calibration, blindfold: null, observer: null, stop).Snapshot);

        Assert.Equal(log.ExchangeCount, report.Exchanges);
        Assert.Equal((whole.RingRecall, whole.FalseAlarms, whole.PairRecall), (report.Recall, report.FalseAlarms, report.PairRecall));
    }

    [Theory]
    [InlineData(999, 24, 2_400, "fixed-prompt", "--accounts 999: expected 1,000")]
    [InlineData(1_000, 2, 2_400, "fixed-prompt", "--campaign-accounts 2")]
    [InlineData(1_000, 24, 23, "fixed-prompt", "--campaign-exchanges 23")]
    [InlineData(1_000, 24, 2_400, "other", "--campaign-kind other")]
    public void Options_OutOfRange_AreRefused(int accounts, int campaign, long exchanges, string kind, string expected)
    {
        var problem = Assert.Throws<SimulationException>(() => (Options(accounts, campaign, exchanges) with { CampaignKind = kind }).Composition());

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The bytes that a row of the page ends with.</summary>
    private static double BytesOf(string[] rows, string name)
    {
        var words = rows.Single(row => row.StartsWith(name, StringComparison.Ordinal)).TrimEnd('|', ' ').Split(' ');
        Assert.Equal("bytes", words[^1]);
        return double.Parse(words[^2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static ScaleOptions Options(int accounts, int campaign, long exchanges) => new()
    {
        Accounts = accounts,
        CampaignAccounts = campaign,
        CampaignExchanges = exchanges,
        Wordings = 1,
        Texts = Composed.Options(seed: 3, scale: 0.1),
        Calibration = CalibrationSet.Shipped,
    };
}
