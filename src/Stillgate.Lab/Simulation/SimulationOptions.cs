namespace Stillgate.Lab.Simulation;

/// <summary>What to compose. The same options over the same texts give the same bytes.</summary>
public sealed record SimulationOptions
{
    /// <summary>Folder to create; it must not exist, or be empty.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Seed of every draw.</summary>
    public required long Seed { get; init; }

    /// <summary>Size of the population: 1 is 10,000 accounts.</summary>
    public required double Scale { get; init; }

    /// <summary>Where texts come from.</summary>
    public TextChoice Texts { get; init; } = TextChoice.Auto;

    /// <summary>The development data's folder, or null where there is none.</summary>
    public string? DevelopmentFolder { get; init; }

    /// <summary>Development sources to use; empty uses every one.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Development sources to leave out.</summary>
    public IReadOnlyList<string> ExcludedSources { get; init; } = [];

    /// <summary>Length of the log in days.</summary>
    public int Days { get; init; } = 14;

    /// <summary>
    /// Share of the accounts that harvest. The default is far above life (assumed 0.5 %), so that a small log holds every kind
    /// of ring; recall and false alarms by kind do not depend on it, precision does.
    /// </summary>
    public double HarvestShare { get; init; } = 0.12;

    /// <summary>The rings to compose; empty draws them, some of every kind, within <see cref="HarvestShare"/>.</summary>
    public IReadOnlyList<RingRequest> Rings { get; init; } = [];

    /// <summary>Which half of the harvesting wrappers to use.</summary>
    public WrapperHalf Wrappers { get; init; } = WrapperHalf.All;

    /// <summary>Which population to compose, in which kind of log.</summary>
    public CompositionStyle Style { get; init; }

    /// <summary>
    /// At most about so many exchanges of a legitimate account, drawn from 3 up on a logarithmic scale; null leaves each its own volume.
    /// For populations whose number matters and not their volume.
    /// </summary>
    public int? LegitimateExchangesMax { get; init; }

    /// <summary>First moment of the log.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
}
