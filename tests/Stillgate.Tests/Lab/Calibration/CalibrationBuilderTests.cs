using Stillgate.Detection.Accounts;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Lab.Calibration;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab.Calibration;

/// <summary>A calibration from composed logs.</summary>
public sealed class CalibrationBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A model's means are those of the legitimate accounts that taught it, each counted once: they tell which looks those were.</summary>
    [Fact]
    public async Task Build_EarlyBand_IsTaughtByAllCheckpointsAndTheLateOneByItsOwn()
    {
        var log = Compose("log", seed: 21, harvestShare: 0.5);
        var builder = new CalibrationBuilder("test", "a test");
        await builder.AddAsync(log, CalibrationPart.Fit, progress: null, TestContext.Current.CancellationToken);
        await builder.AddAsync(log, CalibrationPart.Controls, progress: null, TestContext.Current.CancellationToken);

        var set = builder.Build();

        var looks = await LegitimateLooksAsync(log);
        var (early, late) = (set.AccountBands[0].StructureModel, set.AccountBands[1].StructureModel);
        foreach (var feature in (AccountFeature[])[AccountFeature.SingleTurn, AccountFeature.Distinct, AccountFeature.HourEvenness, AccountFeature.Rate])
        {
            Assert.Equal(MeanOverAccounts(looks, feature), early.Means[(int)feature], 4);
            Assert.Equal(MeanOverAccounts(looks.Where(look => look.Checkpoint >= 3), feature), late.Means[(int)feature], 4);
        }

        Assert.NotEqual(early.Weights, late.Weights);
        Assert.Equal((0, 3), (set.AccountBands[0].FirstCheckpoint, set.AccountBands[1].FirstCheckpoint));

        // Each band's controls are scored with the model that stands beside them.
        foreach (var (band, first, last) in new[] { (set.AccountBands[0], 0, 2), (set.AccountBands[1], 3, Checkpoints.Count) })
        {
            var highest = looks.Where(look => look.Checkpoint >= first && look.Checkpoint <= last && look.PeerClass == (int)PeerClass.SingleTurn).Max(look => band.StructureModel.Score(look.Features));
            Assert.Equal(highest, band.Controls[(int)PeerClass.SingleTurn].Structure.Highest[^1], 3);
        }

        // It survives being written.
        var file = _folder.File("calibration.json");
        await File.WriteAllBytesAsync(file, set.ToJson(), TestContext.Current.CancellationToken);
        Assert.Equal(late.Weights, CalibrationSet.Load(file).AccountBands[1].StructureModel.Weights);
    }

    [Fact]
    public async Task Build_NoHarvesterInTheLogs_IsRefusedWithWhatIsMissing()
    {
        var builder = new CalibrationBuilder("test", "a test");
        await builder.AddAsync(Compose("log", seed: 5, harvestShare: 0), CalibrationPart.Fit, progress: null, TestContext.Current.CancellationToken);

        var refusal = Assert.Throws<SimulationException>(builder.Build);

        Assert.Contains("expected an account that harvests and makes 32 exchanges or more, found none", refusal.Message, StringComparison.Ordinal);
    }

    private string Compose(string name, long seed, double harvestShare)
    {
        var options = Composed.Options(seed, scale: 0.02) with { HarvestShare = harvestShare, OutputFolder = _folder.File(name) };
        new TrafficSimulator(options).Write(progress: null, TestContext.Current.CancellationToken);
        return options.OutputFolder;
    }

    private static async Task<List<Look>> LegitimateLooksAsync(string folder)
    {
        var looks = new Looks(LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).Where(label => label.Harvest || label.Undecidable).Select(label => label.Account).ToHashSet());
        await new LogAnalysis(
            Path.Combine(folder, "log.jsonl.gz"),
            SketchedLog.Registrations(folder),
            new AnalysisOptions { Calibration = CalibrationSet.Shipped, Observer = looks },
            problem => Assert.Fail(problem.ToString())).RunAsync(null, TestContext.Current.CancellationToken);
        return looks.All;
    }

    private static double MeanOverAccounts(IEnumerable<Look> looks, AccountFeature feature) =>
        looks.GroupBy(look => look.Account).Average(account => account.Average(look => look.Features[(int)feature]));

    private sealed record Look(string Account, int PeerClass, int Checkpoint, double[] Features);

    private sealed class Looks(IReadOnlySet<string> left) : IEvidenceObserver
    {
        public List<Look> All { get; } = [];

        public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges)
        {
        }

        public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features)
        {
            if (!left.Contains(account))
            {
                All.Add(new Look(account, peerClass, checkpoint, features));
            }
        }
    }
}
