using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class ContrastTests
{
    [Fact]
    public void Exchanges_ContrastingStyle_HoldsItsPopulationAndIsDeterministic()
    {
        var simulator = new TrafficSimulator(Options(seed: 7));

        Assert.Superset(
            new HashSet<string>(["person", "campus", "application", "framework-app", "evaluator", "enterprise", "developer", "reseller", "ring", "harvester-loud"]),
            simulator.Labels.Select(label => label.Kind).ToHashSet());
        Assert.Contains(simulator.Labels, label => label.Style == "giant-translation");
        Assert.Equal(
            simulator.Exchanges().Take(300).Select(exchange => (exchange.At, exchange.Account)),
            new TrafficSimulator(Options(seed: 7)).Exchanges().Take(300).Select(exchange => (exchange.At, exchange.Account)));
    }

    [Fact]
    public void Exchanges_ContrastingStyle_LeavesOutAnotherPartOfTheFormatForEachSeed()
    {
        var logs = Enumerable.Range(1, 12).Select(seed => new TrafficSimulator(Options(seed))).Select(simulator => (Exchange: simulator.Exchanges().First(exchange => exchange.Status == 200), Registrations: simulator.Registrations)).ToArray();

        Assert.Contains(logs, log => log.Exchange.Client is null);
        Assert.Contains(logs, log => log.Exchange.Client is not null);
        Assert.Contains(logs, log => log.Exchange.Response?.OutputTokens is null);
        Assert.Contains(logs, log => log.Registrations.All(registration => registration.CreatedAt is null));
        Assert.Contains(logs, log => log.Registrations.All(registration => registration.CreatedAt is not null));
        Assert.All(logs, log => Assert.NotNull(log.Exchange.Request.Messages));
    }

    private static SimulationOptions Options(int seed) =>
        new() { OutputFolder = "unused", Seed = seed, Scale = 0.02, Days = 3, HarvestShare = 0.2, Texts = TextChoice.BuiltIn, Style = CompositionStyle.Contrast };
}
