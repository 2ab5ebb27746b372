namespace Stillgate.Lab.Simulation.Texts;

/// <summary>An authored harvesting prompt around a task.</summary>
internal sealed record Wrapper
{
    public required string Id { get; init; }

    /// <summary><c>tune</c> or <c>report</c>.</summary>
    public required string Half { get; init; }

    /// <summary>What the harvest takes: one of the names in <see cref="Harvesting.HarvestStyle"/>.</summary>
    public required string Style { get; init; }

    public string? System { get; init; }

    public required string User { get; init; }
}
