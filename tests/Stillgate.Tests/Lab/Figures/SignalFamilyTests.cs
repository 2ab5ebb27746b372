using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

public sealed class SignalFamilyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stillgate-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Families_Every_TakesSomethingAway()
    {
        var calibration = CalibrationSet.Shipped;
        Assert.All(SignalFamily.All, family =>
        {
            var isStripped = family.Exchange is not null || family.Registration is not null;
            var isWeightless = calibration.GroupModel.Features.Concat(calibration.AccountBands[0].StructureModel.Features).Any(family.Features.Contains);
            Assert.True(isStripped || isWeightless, family.Name);
        });
        Assert.Equal(SignalFamily.All.Count, SignalFamily.All.Select(family => family.Name).Distinct().Count());
    }

    [Fact]
    public void Blind_Features_LoseTheirWeightAndOthersKeepTheirs()
    {
        var timing = SignalFamily.All.Single(family => family.Name == "timing");
        var (before, after) = (CalibrationSet.Shipped.GroupModel, timing.Blind(CalibrationSet.Shipped).GroupModel);

        Assert.All(Enumerable.Range(0, before.Weights.Count), index =>
            Assert.Equal(timing.Features.Contains(before.Features[index]) ? 0 : before.Weights[index], after.Weights[index]));
        Assert.Contains(before.Weights.Zip(after.Weights), pair => pair.First != pair.Second);
    }

    [Fact]
    public void Blind_Features_LoseTheirWeightInEveryBandOfAccounts()
    {
        var timing = SignalFamily.All.Single(family => family.Name == "timing");
        var (before, after) = (CalibrationSet.Shipped.AccountBands, timing.Blind(CalibrationSet.Shipped).AccountBands);

        Assert.Equal(before.Count, after.Count);
        Assert.All(before.Zip(after), bands =>
        {
            var (was, blind) = (bands.First.StructureModel, bands.Second.StructureModel);
            Assert.Equal(was.Weights.Select((weight, index) => timing.Features.Contains(was.Features[index]) ? 0 : weight), blind.Weights);
            Assert.NotEqual(was.Weights, blind.Weights);
            Assert.Same(bands.First.Controls, bands.Second.Controls);
        });
    }

    [Fact]
    public void Blind_Exchange_StripsACopyAndLeavesTheOriginal()
    {
        var family = SignalFamily.All.Single(family => family.Name.StartsWith("shared prompts", StringComparison.Ordinal));
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var (original, seen) = (new SketchedExchange { Id = "x", Account = "a", Ip = "192.0.2.1", Model = "m", Status = 200, AtMs = 5 }, new SketchedExchange());
        sketcher.Sketch(Composed.Usual.Exchanges[0], original.Content);
        var anchors = original.Content.AnchorCount;

        var blind = family.Blind(original, seen);

        Assert.NotSame(original, blind);
        Assert.True(anchors > 0);
        Assert.Equal((0, anchors), (blind.Content.AnchorCount, original.Content.AnchorCount));
        Assert.Equal((original.Id, original.Account, original.Ip, original.Model, original.Status, original.AtMs), (blind.Id, blind.Account, blind.Ip, blind.Model, blind.Status, blind.AtMs));
        Assert.Equal((original.Content.ContentId, original.Content.Cues, original.Content.OutputTokenCount), (blind.Content.ContentId, blind.Content.Cues, blind.Content.OutputTokenCount));
    }

    [Fact]
    public async Task Analyse_SketchesInMemory_FindsWhatTheTextLogFinds()
    {
        var options = Composed.Options(seed: 21, scale: 0.02) with { HarvestShare = 0.5, OutputFolder = Path.Combine(_folder, "log") };
        var stop = TestContext.Current.CancellationToken;
        new TrafficSimulator(options).Write(progress: null, stop);
        var text = await new LogAnalysis(
            Path.Combine(options.OutputFolder, "log.jsonl.gz"),
            SketchedLog.Registrations(options.OutputFolder),
            new AnalysisOptions { Calibration = CalibrationSet.Shipped },
            problem => throw new LogFormatException(problem.ToString())).RunAsync(null, stop);

        var loaded = (await SketchedLog.LoadAsync(options.OutputFolder, stop)).Analyse(CalibrationSet.Shipped, blindfold: null, observer: null, stop);
        var composed = SketchedLog.Compose(options, stop).Analyse(CalibrationSet.Shipped, blindfold: null, observer: null, stop);

        Assert.NotEmpty(Flags(text.Snapshot));
        Assert.Equal(Flags(text.Snapshot), Flags(loaded.Snapshot));
        Assert.Equal(Flags(text.Snapshot), Flags(composed.Snapshot));
    }

    [Fact]
    public void Scores_FlaggedAccounts_StandAboveAllOthers()
    {
        var stop = TestContext.Current.CancellationToken;
        var scores = new EvidenceScores(CalibrationSet.Shipped);
        var log = SketchedLog.Compose(Composed.Options(seed: 21, scale: 0.02) with { HarvestShare = 0.5 }, stop);

        var verdicts = log.Analyse(CalibrationSet.Shipped, blindfold: null, scores, stop).Snapshot.Verdicts;

        Assert.Contains(verdicts, verdict => verdict.Verdict == Verdict.Harvest);
        Assert.All(verdicts, verdict => Assert.Equal(verdict.Verdict == Verdict.Harvest, scores.Of(verdict) > EvidenceScores.HarvestFrom));
        Assert.True(verdicts.Select(scores.Of).Distinct().Count() > 10);
    }

    [Fact]
    public void With_SameAccountTwice_IsRefused()
    {
        var stop = TestContext.Current.CancellationToken;
        var log = SketchedLog.Compose(Composed.Options(seed: 3, scale: 0.002), stop);

        Assert.Throws<SimulationException>(() => log.With(log));
    }

    private static Dictionary<string, FlagPoint> Flags(AnalysisSnapshot snapshot) =>
        snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null).ToDictionary(verdict => verdict.Account, verdict => verdict.FlaggedAt!, StringComparer.Ordinal);
}
