using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Hosting;

public sealed class LiveAnalysisTests
{
    private const int FilterLog2Bits = 20;

    [Fact]
    public void Publish_AfterAnExchange_ShowsItsAccount()
    {
        using var analysis = Create();

        analysis.OnExchange(Exchange("acc-1"));
        analysis.Publish();

        Assert.Equal("acc-1", Assert.Single(analysis.Current.Verdicts).Account);
        Assert.Equal(1, analysis.Current.ExchangeCount);
    }

    [Fact]
    public void Publish_NothingNew_KeepsTheSnapshot()
    {
        using var analysis = Create();
        analysis.OnExchange(Exchange("acc-1"));
        analysis.Publish();
        var before = analysis.Current;

        analysis.Publish();

        Assert.Same(before, analysis.Current);
        Assert.NotSame(AnalysisSnapshot.Empty, before);
    }

    [Fact]
    public void OnExchange_UnreadableSketch_IsCountedAndSkipped()
    {
        using var analysis = Create();

        analysis.OnExchange(Exchange("acc-1") with { Sketch = new ExchangeSketch(99, "k-unknown", new byte[] { 1, 2, 3 }) });

        Assert.Equal(1, analysis.UnreadableCount);
        Assert.Equal(0, analysis.FailedCount);
    }

    [Fact]
    public void OnExchange_AnalysisFails_DoesNotReachTheRecorder()
    {
        using var analysis = Create();

        // A record that no writer makes: its account is missing, which the analysis has a right to refuse.
        analysis.OnExchange(Exchange(null!));
        analysis.OnExchange(Exchange("acc-2"));
        analysis.Publish();

        Assert.Equal(1, analysis.FailedCount);
        Assert.Contains(analysis.Current.Verdicts, verdict => verdict.Account == "acc-2");
    }

    private static LiveAnalysis Create() => new(
        new AnalysisOptions { Calibration = CalibrationSet.Shipped, SketchKey = SketchKey.Public, RepeatFilterLog2Bits = FilterLog2Bits },
        [],
        TimeProvider.System,
        NullLogger.Instance);

    private static ExchangeRecord Exchange(string account) => new()
    {
        Id = "x-1",
        At = new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero),
        Account = account,
        Dialect = Dialects.OpenAiChat,
        Model = "m-large",
        Request = new ExchangeRequest { Messages = [new("user", "Why is the sky blue?")] },
        Status = 200,
    };
}
