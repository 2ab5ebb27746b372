using Stillgate.Server.Hosting.Tls;

namespace Stillgate.Server.Admin;

/// <summary>How the admin listener is set.</summary>
internal sealed record AdminServerOptions
{
    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Its certificate; null for a listener without TLS, which must be on the loopback address.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Most requests of one admin key within a minute.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>The metrics in Prometheus' text format.</summary>
    public required Func<string> Metrics { get; init; }

    /// <summary>Says how far the analysis is, for <c>/readyz</c>.</summary>
    public required Func<string?> AnalysisNote { get; init; }
}
