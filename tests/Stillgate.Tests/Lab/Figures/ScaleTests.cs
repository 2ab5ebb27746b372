using Stillgate.Detection.Evidence;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Scale;
using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

[Collection(nameof(ScaleTests))]
public sealed class ScaleTests
{
    // The engine's goal for an account at rest, whatever the population.
    private const double RestingBytesMax = 1_024;

    [Fact]
    public async Task Run_SmallPopulation_FindsTheCampaignAndMeasuresItself()
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
        Assert.True(report.EngineBytesPerAccount > 100);
        Assert.InRange(report.RestingBytesPerAccount, 100, Math.Min(RestingBytesMax, report.EngineBytesPerAccount));
        Assert.True(report.PeakBytes > 1 << 20);
        Assert.Contains("--accounts 1000 --campaign-accounts 24 --campaign-exchanges 2880", ScalePage.Write(options, report), StringComparison.Ordinal);
        Assert.Contains("| campaign accounts flagged | " + ReportPage.Text(report.Recall), ScalePage.Write(options, report), StringComparison.Ordinal);
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
