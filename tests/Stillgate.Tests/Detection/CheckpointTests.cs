using System.Diagnostics;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>An analysis that was interrupted, and goes on from what it left on disk.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const ulong GoldenRules = 42;
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];

    private static readonly AnalysisOptions Options = new() { Calibration = CalibrationSet.Shipped, RepeatFilterLog2Bits = 20 };

    private static ExchangeRecord[] Records { get; } = [.. Exchanges.InOrder(
        Exchanges.Ring(8, 60),
        Exchanges.Ring(6, 60, name: "second", ending: " Answer as a table of two columns. Spell out every symbol.", from: 5_000),
        Exchanges.People(40, 40))];

    private string Checkpoint => _folder.File("analysis.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task Analysis_LogGrowsAfterTheCheckpoint_FindsWhatOneRunFinds(double share)
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Records[..(int)(share * Records.Length)]);
        await AnalyseAsync(log);
        Exchanges.Write(_folder.Path, "log.jsonl", Records);

        var resumed = await AnalyseAsync(log);

        Assert.Equal([$"{Checkpoint}: going on after {(int)(share * Records.Length)} exchanges"], _notes);
        Assert.Equal(Records.Length, resumed.Engine.ExchangeCount);
        Assert.Equal(await StraightAsync(), Findings(resumed.Snapshot));
        Assert.Equal(14, resumed.Snapshot.Verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest));
    }

    [Fact]
    public async Task Analysis_BadLinesBeforeTheCheckpoint_AreToldOnce()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Records[..200]);
        await File.AppendAllTextAsync(log, "milk\n", TestContext.Current.CancellationToken);
        var problems = new List<LogProblem>();
        await AnalyseAsync(log, problems.Add);

        var again = await AnalyseAsync(log, problems.Add);

        Assert.Single(problems);
        Assert.Equal(1, again.Problems);
        Assert.Equal(200, again.Engine.ExchangeCount);
    }

    [Fact]
    public async Task Analysis_LogIsAnotherOne_IsReadFromItsBeginning()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Records[..500]);
        await AnalyseAsync(log);
        Exchanges.Write(_folder.Path, "log.jsonl", Records.Select((record, index) => index == 7 ? record with { Status = 403 } : record));

        var run = await AnalyseAsync(log);

        Assert.Equal(2, _notes.Count);
        Assert.Contains("the first 500 lines of the log are not those of the checkpoint; the log is read from its beginning", _notes[1], StringComparison.Ordinal);
        Assert.Equal(Records.Length, run.Engine.ExchangeCount);
    }

    [Fact]
    public async Task Analysis_LogIsShorter_IsReadFromItsBeginning()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Records[..500]);
        await AnalyseAsync(log);
        Exchanges.Write(_folder.Path, "log.jsonl", Records[..400]);

        var run = await AnalyseAsync(log);

        Assert.Contains(_notes, note => note.Contains("the log has 400 lines, fewer than the checkpoint", StringComparison.Ordinal));
        Assert.Equal(400, run.Engine.ExchangeCount);
    }

    [Theory]
    [InlineData("cut", "it ends within a section")]
    [InlineData("cut to nothing", "not a checkpoint")]
    [InlineData("one bit", "is damaged")]
    [InlineData("older version", "a checkpoint of version 0, and this build reads version 4")]
    [InlineData("other rules", "made under another calibration, sketch key or background")]
    public async Task Analysis_UnusableCheckpoint_SaysSoAndReadsTheLog(string damage, string reason)
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Records);
        await AnalyseAsync(log);
        var good = await File.ReadAllBytesAsync(Checkpoint, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Checkpoint, Damaged(good, damage), TestContext.Current.CancellationToken);

        var run = await AnalyseAsync(log);

        var note = Assert.Single(_notes);
        Assert.Contains(reason, note, StringComparison.Ordinal);
        Assert.EndsWith("the log is read from its beginning", note, StringComparison.Ordinal);
        Assert.Equal(await StraightAsync(), Findings(run.Snapshot));
    }

    [Fact]
    public async Task Analyze_ProcessKilled_GoesOnAndFindsTheSame()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Records.Select(sketcher.WithoutContent));
        var straight = await RunAsync("analyze", log, "--out", _folder.File("straight"));
        using (var watcher = new FileSystemWatcher(_folder.Path, Path.GetFileName(Checkpoint)))
        {
            var kept = new TaskCompletionSource();
            watcher.Renamed += (_, _) => kept.TrySetResult();
            watcher.EnableRaisingEvents = true;
            using var killed = Start("analyze", log, "--out", _folder.File("killed"), "--checkpoint", Checkpoint, "--checkpoint-every", "500");
            await Task.WhenAny(kept.Task, killed.WaitForExitAsync(TestContext.Current.CancellationToken));
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var second = await RunAsync("analyze", log, "--out", _folder.File("second"), "--checkpoint", Checkpoint);

        Assert.Equal((0, 0), (straight.ExitCode, second.ExitCode));
        Assert.Contains("going on after", second.Errors, StringComparison.Ordinal);
        foreach (var file in (string[])["verdicts.jsonl", "campaigns.jsonl"])
        {
            Assert.Equal(await ReadAsync("straight", file), await ReadAsync("second", file));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Checkpoint_OfOlderVersion_IsRefusedByItsVersion(int version)
    {
        Assert.Null(CheckpointFile.TryLoad(Golden($"checkpoint-{version}.bin"), Options with { RepeatFilterLog2Bits = 10 }, GoldenRules, out var reason));
        Assert.Contains($"a checkpoint of version {version}, and this build reads version 4", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoint_OfVersion4_IsRead()
    {
        var found = CheckpointFile.TryLoad(Golden("checkpoint-4.bin"), Options with { RepeatFilterLog2Bits = 10 }, GoldenRules, out var reason);

        Assert.Null(reason);
        Assert.Equal((3, "x-2", 7), (found!.Value.Position.Lines, found.Value.Position.LastExchange, found.Value.Position.LatestMs));
        Assert.Equal([("a.jsonl.gz", 17)], found.Value.Position.Files);
        Assert.Equal(3, found.Value.Engine.ExchangeCount);
        var verdict = Assert.Single(found.Value.Engine.Snapshot().Verdicts);
        Assert.Equal(("golden", 3), (verdict.Account, verdict.Exposure.Exchanges));
    }

    [Fact]
    public void Checkpoint_Written_HasTheBytesOfVersion4()
    {
        var engine = new AnalysisEngine(Options with { RepeatFilterLog2Bits = 10 });
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var exchange = new SketchedExchange();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(ExchangeReading.TryRead(Exchanges.Ask($"x-{i}", "golden", Exchanges.Start.AddMinutes(i), $"Question {i}"), sketcher, exchange));
            engine.Observe(exchange);
        }

        CheckpointFile.Save(Checkpoint, new LogPosition { Files = [("a.jsonl.gz", 17)], Lines = 3, LinesHash = 5, LastExchange = "x-2", LatestMs = 7 }, engine, GoldenRules);

        Assert.Equal(File.ReadAllBytes(Golden("checkpoint-4.bin")), File.ReadAllBytes(Checkpoint));
    }

    private static string Golden(string file) => Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Detection", "Golden", file);

    // The head section follows the 21 bytes of magic and its own 16: a version byte, then eight of rules.
    private static byte[] Damaged(byte[] good, string damage)
    {
        const int head = 21 + 16;
        var bytes = (byte[])good.Clone();
        switch (damage)
        {
            case "cut":
                return bytes[..(bytes.Length / 2)];
            case "cut to nothing":
                return [];
            case "one bit":
                bytes[bytes.Length / 2] ^= 1;
                return bytes;
            case "older version":
                bytes[head] = 0;
                break;
            default:
                bytes[head + 1] ^= 1;
                break;
        }

        var length = BitConverter.ToInt32(bytes, 21 + 4);
        BitConverter.TryWriteBytes(bytes.AsSpan(21 + 8), System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(head, length), 1));
        return bytes;
    }

    private async Task<AnalysisRun> AnalyseAsync(string log, Action<LogProblem>? onProblem = null) =>
        await new LogAnalysis(log, [], Options, onProblem ?? (problem => Assert.Fail(problem.ToString()))) { Checkpoint = new CheckpointOptions(Checkpoint, 100_000, _notes.Add) }
            .RunAsync(null, TestContext.Current.CancellationToken);

    private async Task<string> StraightAsync()
    {
        var log = Exchanges.Write(_folder.Path, "straight.jsonl", Records);
        return Findings((await new LogAnalysis(log, [], Options, problem => Assert.Fail(problem.ToString())).RunAsync(null, TestContext.Current.CancellationToken)).Snapshot);
    }

    // What a reader of the findings sees, to the byte.
    private string Findings(AnalysisSnapshot snapshot)
    {
        var folder = _folder.File(Path.GetRandomFileName());
        FindingsWriter.Write(folder, snapshot, _ => { });
        return File.ReadAllText(Path.Combine(folder, "verdicts.jsonl")) + File.ReadAllText(Path.Combine(folder, "campaigns.jsonl"));
    }

    private Task<string> ReadAsync(string folder, string file) => File.ReadAllTextAsync(Path.Combine(_folder.File(folder), file), TestContext.Current.CancellationToken);

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(GatewayHost).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, errors);
    }
}
