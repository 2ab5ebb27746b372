namespace Stillgate.WebConsole;

/// <summary>What the console says of its installation. Set once at start.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Whether the gateway only observes: no measure is in force and nothing is refused for what the analysis found.</summary>
    public required bool ObservingOnly { get; init; }

    /// <summary>A sentence shown on every page, for example that this is a demonstration; or null.</summary>
    public string? Notice { get; init; }
}
