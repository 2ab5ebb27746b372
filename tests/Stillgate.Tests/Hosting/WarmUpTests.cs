using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Stillgate.Tests.Detection;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>An analysis that first reads what earlier processes wrote.</summary>
public sealed class WarmUpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnalysisOptions _options = new() { Calibration = CalibrationSet.Shipped, SketchKey = SketchKey.Public, RepeatFilterLog2Bits = 20 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WarmUp_StoredHeldAndLive_FindsWhatOneRunOverAllOfItFinds()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).Select(sketcher.WithoutContent).ToArray();
        var third = records.Length / 3;
        string[] stored = [Exchanges.Write(_folder.Path, "1.jsonl", records[..(third / 2)]), Exchanges.Write(_folder.Path, "2.jsonl", records[(third / 2)..third])];
        using var analysis = Create();
        analysis.Hold(_folder.Path);
        foreach (var record in records[third..(2 * third)])
        {
            analysis.OnExchange(record);
        }

        Assert.Equal(0, analysis.AnalysedCount);
        await analysis.WarmUpAsync(stored, TestContext.Current.CancellationToken);
        Assert.Equal(2 * third, analysis.AnalysedCount);
        foreach (var record in records[(2 * third)..])
        {
            analysis.OnExchange(record);
        }

        analysis.Publish();
        Assert.Equal(await StraightAsync(records), Lines(analysis.Current));
        Assert.Contains(analysis.Current.Verdicts, verdict => verdict.Verdict == Verdict.Harvest);
        Assert.Empty(Directory.GetFiles(_folder.Path, "held-*"));
        Assert.Null(analysis.WarmUp);
    }

    [Fact]
    public async Task WarmUp_ExchangesArriveWhileItRuns_EachCountsOnce()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).Select(sketcher.WithoutContent).ToArray();
        var half = records.Length / 2;
        var stored = Exchanges.Write(_folder.Path, "1.jsonl", records[..half]);
        using var analysis = Create();
        analysis.Hold(_folder.Path);

        // The recorder's one thread, beside the warm-up's: whichever way they interleave, the engine sees one order.
        var recorder = Task.Run(() => Array.ForEach(records[half..], analysis.OnExchange), TestContext.Current.CancellationToken);
        await analysis.WarmUpAsync([stored], TestContext.Current.CancellationToken);
        await recorder;

        analysis.Publish();
        Assert.Equal(records.Length, analysis.AnalysedCount);
        Assert.Equal(await StraightAsync(records), Lines(analysis.Current));
    }

    [Fact]
    public async Task WarmUp_DamagedFile_IsPassedOverAndTheRestCounts()
    {
        var bad = _folder.File("0.jsonl");
        await File.WriteAllTextAsync(bad, "milk\neggs\n", TestContext.Current.CancellationToken);
        var good = Exchanges.Write(_folder.Path, "1.jsonl", Exchanges.People(3, 4));
        using var analysis = Create();
        analysis.Hold(_folder.Path);

        await analysis.WarmUpAsync([bad, good, _folder.File("gone.jsonl")], TestContext.Current.CancellationToken);
        analysis.OnExchange(Exchanges.Ask("x", "late", Exchanges.Start.AddDays(9), "hello"));

        Assert.Equal(13, analysis.AnalysedCount);
        Assert.Equal(0, analysis.FailedCount);
    }

    [Fact]
    public async Task Note_BeforeAndAfter_SaysHowFar()
    {
        var stored = Exchanges.Write(_folder.Path, "1.jsonl", Exchanges.People(3, 4));
        using var analysis = Create();
        var metrics = new AnalysisMetrics(analysis);
        analysis.Hold(_folder.Path);
        analysis.OnExchange(Exchanges.Ask("x", "late", Exchanges.Start.AddDays(9), "hello"));

        Assert.Equal("reading the stored log, 0 %", metrics.Note());
        await analysis.WarmUpAsync([stored], TestContext.Current.CancellationToken);

        Assert.Equal("live", metrics.Note());
        Assert.Contains("stillgate_analysis_exchanges_total 13\n", metrics.ToPrometheusText(), StringComparison.Ordinal);
        Assert.Contains("stillgate_analysis_warm_up_share 1\n", metrics.ToPrometheusText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WarmUp_CheckpointOfAnEarlierProcess_ReadsOnlyWhatCameAfter()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).Select(sketcher.WithoutContent).ToArray();
        var third = records.Length / 3;
        var old = Exchanges.Write(_folder.Path, "1.jsonl", records[..third]);
        var (own, seen) = (_folder.File("2.jsonl"), 0L);
        using (var first = Create())
        {
            first.KeepCheckpoint(_folder.File("analysis.checkpoint"), () => (seen, 0), () => []);
            first.Hold(_folder.Path);
            await first.WarmUpAsync([old], TestContext.Current.CancellationToken);
            foreach (var record in records[third..(2 * third)])
            {
                first.OnExchange(record);
            }

            seen = third;
        }

        // The killed process wrote some lines more than its last checkpoint knows of.
        Exchanges.Write(_folder.Path, "2.jsonl", records[third..(2 * third + 50)]);
        using var second = Create();
        second.KeepCheckpoint(_folder.File("analysis.checkpoint"), () => (0, 0), () => []);
        second.Hold(_folder.Path);
        // Reading the old file again would be noticed: it is gone from what the reader can open, and still has its name and size.
        var size = new FileInfo(old).Length;
        await File.WriteAllBytesAsync(old, new byte[size], TestContext.Current.CancellationToken);
        await second.WarmUpAsync([old, own], TestContext.Current.CancellationToken);
        Assert.Equal((2 * third) + 50, second.AnalysedCount);
        foreach (var record in records[((2 * third) + 50)..])
        {
            second.OnExchange(record);
        }

        second.Publish();
        Assert.Equal(await StraightAsync(records), Lines(second.Current));
    }

    [Fact]
    public async Task WarmUp_CheckpointOfOtherFiles_ReadsEverything()
    {
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).ToArray();
        var old = Exchanges.Write(_folder.Path, "1.jsonl", records[..500]);
        using (var first = Create())
        {
            first.KeepCheckpoint(_folder.File("analysis.checkpoint"), () => (0, 0), () => []);
            first.Hold(_folder.Path);
            await first.WarmUpAsync([old], TestContext.Current.CancellationToken);
        }

        Exchanges.Write(_folder.Path, "1.jsonl", records[..400]);
        using var second = Create();
        second.KeepCheckpoint(_folder.File("analysis.checkpoint"), () => (0, 0), () => []);
        second.Hold(_folder.Path);
        await second.WarmUpAsync([old], TestContext.Current.CancellationToken);

        Assert.Equal(400, second.AnalysedCount);
    }

    [Fact]
    public async Task Dispose_LogLacksWhatWasAnalysed_KeepsNoCheckpoint()
    {
        using (var analysis = Create())
        {
            // Shown to the analysis, and not on disk yet: a kill now would lose them.
            analysis.KeepCheckpoint(_folder.File("analysis.checkpoint"), () => (1, 0), () => []);
            analysis.Hold(_folder.Path);
            await analysis.WarmUpAsync([], TestContext.Current.CancellationToken);
            foreach (var record in Exchanges.People(1, 2))
            {
                analysis.OnExchange(record);
            }
        }

        Assert.False(File.Exists(_folder.File("analysis.checkpoint")));
    }

    private LiveAnalysis Create() => new(_options, [], TimeProvider.System, NullLogger.Instance);

    private async Task<List<string>> StraightAsync(IEnumerable<ExchangeRecord> records)
    {
        var path = Exchanges.Write(_folder.Path, $"{Path.GetRandomFileName()}.jsonl", records);
        var run = await new LogAnalysis(path, [], _options, problem => Assert.Fail(problem.ToString())).RunAsync(null, TestContext.Current.CancellationToken);
        return Lines(run.Snapshot);
    }

    private List<string> Lines(AnalysisSnapshot snapshot)
    {
        var output = _folder.File(Path.GetRandomFileName());
        FindingsWriter.Write(output, snapshot, _ => { });
        return [.. File.ReadLines(Path.Combine(output, "verdicts.jsonl")), .. File.ReadLines(Path.Combine(output, "campaigns.jsonl"))];
    }
}
