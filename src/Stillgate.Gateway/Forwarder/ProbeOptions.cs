namespace Stillgate.Gateway.Forwarder;

/// <summary>How a provider is asked whether it answers, beside what requests find out.</summary>
public sealed record ProbeOptions
{
    /// <summary>The path that is asked for with GET, below the provider's address.</summary>
    public required string Path { get; init; }

    /// <summary>Time between two probes; 10 s by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take; 2 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);
}
