using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Tests.Lab;

/// <summary>A composition kept in memory, made once for the tests that look at it from different sides.</summary>
internal sealed class Composed
{
    private static readonly Lazy<Composed> RingsLoaded = new(() => new Composed(Options(seed: 11, scale: 0.06) with { HarvestShare = 0.45 }));
    private static readonly Lazy<Composed> LegitimateLoaded = new(() => new Composed(Options(seed: 5, scale: 0.05)));

    private Composed(SimulationOptions options)
    {
        var simulator = new TrafficSimulator(options);
        Simulator = simulator;
        Labels = simulator.Labels;
        Exchanges = [.. simulator.Exchanges()];
        ByAccount = Exchanges.ToLookup(exchange => exchange.Account);
        Registrations = simulator.Registrations.ToDictionary(registration => registration.Account);
    }

    /// <summary>Nearly half of the accounts harvest, so that every kind of ring is there.</summary>
    public static Composed Rings => RingsLoaded.Value;

    /// <summary>The usual mixture.</summary>
    public static Composed Usual => LegitimateLoaded.Value;

    public TrafficSimulator Simulator { get; }

    public IReadOnlyList<AccountLabel> Labels { get; }

    public IReadOnlyList<ExchangeRecord> Exchanges { get; }

    public ILookup<string, ExchangeRecord> ByAccount { get; }

    public IReadOnlyDictionary<string, RegistrationRecord> Registrations { get; }

    public static SimulationOptions Options(long seed, double scale) => new()
    {
        OutputFolder = Path.Combine(Path.GetTempPath(), "stillgate-tests-unused"),
        Seed = seed,
        Scale = scale,
        Texts = TextChoice.BuiltIn,
    };

    /// <summary>Accounts of each ring of a kind.</summary>
    public IReadOnlyList<IReadOnlyList<AccountLabel>> RingsOf(string kind) =>
        [.. Labels.Where(label => label.RingKind == kind).GroupBy(label => label.Ring).Select(group => (IReadOnlyList<AccountLabel>)[.. group])];
}
