namespace Stillgate.Server.Demo;

/// <summary>What the demo was asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>Where the gateway listens, or null: the usual address where it is free, any other port otherwise.</summary>
    public Uri? Listen { get; init; }

    /// <summary>Where the console listens, or null as for <see cref="Listen"/>.</summary>
    public Uri? Console { get; init; }

    /// <summary>Seed of the composed traffic.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether to replay quickly, print the result and end.</summary>
    public required bool Once { get; init; }

    /// <summary>Whether to print JSON lines.</summary>
    public required bool Json { get; init; }
}
