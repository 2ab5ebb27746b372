namespace Stillgate.Gateway.Forwarder;

/// <summary>How long the gateway waits for a provider, each step by its own clock. Reasoning models are silent for minutes.</summary>
public sealed record TimeoutOptions
{
    /// <summary>For a connection; 15 s by default.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From sending the request to the head of the answer; 600 s by default.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Between two reads of the answer; 600 s by default. Comments and pings count as life.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>For the whole exchange; 3,600 s by default.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(3600);
}
