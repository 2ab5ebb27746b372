using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class TrafficSimulatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stillgate-lab-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_SameOptionsTwice_GivesTheSameBytes()
    {
        foreach (var name in new[] { "a", "b" })
        {
            new TrafficSimulator(Options(name)).Write(progress: null, TestContext.Current.CancellationToken);
        }

        foreach (var file in new[] { "log.jsonl.gz", "registrations.jsonl", "labels.jsonl", "manifest.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "a", file)), File.ReadAllBytes(Path.Combine(_folder, "b", file)));
        }
    }

    [Fact]
    public void Write_OtherSeed_GivesOtherTraffic()
    {
        var first = new TrafficSimulator(Options("a")).Exchanges().First();
        var second = new TrafficSimulator(Options("a") with { Seed = 4 }).Exchanges().First();

        Assert.NotEqual((first.At, first.Account), (second.At, second.Account));
    }

    [Fact]
    public void Write_WrittenLog_IsReadBackWithoutAProblem()
    {
        var summary = new TrafficSimulator(Options("a")).Write(progress: null, TestContext.Current.CancellationToken);
        var reader = new ExchangeLogReader(Path.Combine(_folder, "a", "log.jsonl.gz"), problem => Assert.Fail(problem.ToString()));
        var registrations = RegistrationFile.ReadAll(Path.Combine(_folder, "a", "registrations.jsonl"), problem => Assert.Fail(problem.ToString()));

        Assert.Equal(summary.Exchanges, reader.Read().LongCount());
        Assert.Equal(summary.Accounts, registrations.Count);
        Assert.Equal(summary.Accounts, LabelFile.ReadAll(Path.Combine(_folder, "a", "labels.jsonl")).Count);
        Assert.Equal(summary.Accounts, summary.AccountsByKind.Values.Sum());
        Assert.Equal(summary.Exchanges, summary.ExchangesByKind.Values.Sum());
    }

    [Fact]
    public void Write_FolderCannotBeMade_SaysSoAndLeavesNothing()
    {
        var blocker = Path.Combine(_folder, "file");
        File.WriteAllText(blocker, "in the way");
        var options = Options("x") with { OutputFolder = Path.Combine(blocker, "inside") };

        var failure = Assert.Throws<SimulationException>(() => new TrafficSimulator(options).Write(progress: null, TestContext.Current.CancellationToken));

        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.Equal([blocker], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_Stopped_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => new TrafficSimulator(Options("a")).Write(progress: null, stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_FolderIsNotEmpty_IsRefused()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "a")).FullName, "kept"), "");

        Assert.Throws<SimulationException>(() => new TrafficSimulator(Options("a")).Write(progress: null, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(_folder, "a", "kept")));
    }

    [Theory]
    [InlineData(0, 14, 0.1)]
    [InlineData(1, 0, 0.1)]
    [InlineData(1, 14, 1.5)]
    public void Create_OptionOutOfRange_IsRefused(double scale, int days, double share) =>
        Assert.Throws<SimulationException>(() => new TrafficSimulator(Options("a") with { Scale = scale, Days = days, HarvestShare = share }));

    [Fact]
    public void Exchanges_OfAComposition_AreInTimeOrderWithUniqueIds()
    {
        var exchanges = Composed.Usual.Exchanges;

        Assert.Equal(exchanges.Count, exchanges.Select(exchange => exchange.Id).Distinct().Count());
        Assert.All(exchanges.Zip(exchanges.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
    }

    [Theory]
    [InlineData(101, 2)]
    [InlineData(102, 7)]
    [InlineData(103, 30)]
    public void Exchanges_OfAnySeedAndLength_AreInTimeOrderAndInsideTheLog(long seed, int days)
    {
        var options = Composed.Options(seed, scale: 0.01) with { Days = days };
        var times = new TrafficSimulator(options).Exchanges().Select(exchange => exchange.At).ToArray();

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.InRange(times[0], options.Start, options.Start.AddDays(1));
        Assert.True(times[^1] < options.Start.AddDays(days));
    }

    [Fact]
    public void Exchanges_OfAComposition_BelongToAccountsThatWereRegisteredBefore()
    {
        var composed = Composed.Usual;

        Assert.All(composed.Exchanges, exchange => Assert.True(composed.Registrations[exchange.Account].CreatedAt < exchange.At));
        Assert.Equal(composed.Labels.Select(label => label.Account).Order(), composed.Registrations.Keys.Order());
    }

    [Fact]
    public void Exchanges_DevelopmentSourceLeftOut_IsNowhereInTheLabels()
    {
        Assert.SkipWhen(Repository.Data is null, "the development data is absent (STILLGATE_DATA)");
        var options = Options("a") with { Texts = TextChoice.Development, DevelopmentFolder = Repository.Data, ExcludedSources = ["lmsys_arena", "flan_cot_pool"], HarvestShare = 0.5 };

        var sources = new TrafficSimulator(options).Labels.SelectMany(label => label.Sources).ToHashSet();

        Assert.DoesNotContain("flan_cot_pool", sources);
        Assert.Contains(sources, source => source is "t0_p3_pool" or "gpteacher_codegen" or "gpteacher_toolformer" or "gpteacher_roleplay");
    }

    private SimulationOptions Options(string name) => Composed.Options(seed: 3, scale: 0.01) with { OutputFolder = Path.Combine(_folder, name) };
}
