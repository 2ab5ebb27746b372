using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Demo;

/// <summary>The composed log that the demo replays. Its texts are those built into Stillgate, so it is the same everywhere.</summary>
internal sealed class DemoScript
{
    /// <summary>Two filters of 512 KiB: ample for a log of this size.</summary>
    public const int RepeatFilterLog2Bits = 22;

    private const double Scale = 0.012;
    private const int Days = 2;
    private const double HarvestShare = 0.4;

    // A composed log may hold one very heavy application; the demo is to end in time on a small machine.
    private const int ExchangesMax = 16_000;

    private DemoScript(TrafficSimulator simulator)
    {
        Registrations = simulator.Registrations;
        Labels = simulator.Labels.ToDictionary(label => label.Account, StringComparer.Ordinal);
        Exchanges = [.. simulator.Exchanges().Take(ExchangesMax)];
    }

    /// <summary>What the operator knows of every account.</summary>
    public IReadOnlyList<RegistrationRecord> Registrations { get; }

    /// <summary>The truth about every account. Only the result is measured against it.</summary>
    public IReadOnlyDictionary<string, AccountLabel> Labels { get; }

    /// <summary>The exchanges, in the order of time.</summary>
    public IReadOnlyList<ExchangeRecord> Exchanges { get; }

    /// <summary>The log's time from its first exchange to its last.</summary>
    public TimeSpan Span => Exchanges[^1].At - Exchanges[0].At;

    /// <summary>How many answers had another status than the log says.</summary>
    /// <param name="byStatus">Answers by status.</param>
    public long Unlike(IReadOnlyDictionary<int, long> byStatus)
    {
        var wanted = Exchanges.CountBy(exchange => exchange.Status).ToDictionary();
        return byStatus.Sum(answers => Math.Max(0, answers.Value - wanted.GetValueOrDefault(answers.Key)));
    }

    /// <summary>Composes the log.</summary>
    /// <param name="seed">Seed of every draw.</param>
    public static DemoScript Compose(long seed) => new(new TrafficSimulator(new SimulationOptions
    {
        OutputFolder = Path.GetTempPath(),
        Seed = seed,
        Scale = Scale,
        Days = Days,
        HarvestShare = HarvestShare,
        Texts = TextChoice.BuiltIn,
    }));
}
