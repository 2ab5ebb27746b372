namespace Stillgate.Lab.Simulation;

/// <summary>What a composition holds: <c>manifest.json</c>.</summary>
public sealed record SimulationSummary
{
    /// <summary>Version of the manifest's form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Seed of every draw.</summary>
    public required long Seed { get; init; }

    /// <summary>Size asked for.</summary>
    public required double Scale { get; init; }

    /// <summary>Days of the log.</summary>
    public required int Days { get; init; }

    /// <summary>Share of harvesting accounts asked for.</summary>
    public required double HarvestShare { get; init; }

    /// <summary>The style of the composition.</summary>
    public string Style { get; init; } = "standard";

    /// <summary>Half of the wrappers used.</summary>
    public required string Wrappers { get; init; }

    /// <summary>Text sources that were loaded.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Accounts with a registration.</summary>
    public required int Accounts { get; init; }

    /// <summary>Lines of the exchange log.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Rings by kind.</summary>
    public required IReadOnlyDictionary<string, int> Rings { get; init; }

    /// <summary>Accounts by kind.</summary>
    public required IReadOnlyDictionary<string, int> AccountsByKind { get; init; }

    /// <summary>Exchanges by kind; a ring's under its kind's name.</summary>
    public required IReadOnlyDictionary<string, long> ExchangesByKind { get; init; }

    /// <summary>Accounts by main language.</summary>
    public required IReadOnlyDictionary<string, int> AccountsByLanguage { get; init; }
}
