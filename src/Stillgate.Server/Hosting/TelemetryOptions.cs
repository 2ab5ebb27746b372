namespace Stillgate.Server.Hosting;

/// <summary>Where traces and metrics go, in OpenTelemetry's own protocol.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The collector's address, such as <c>http://127.0.0.1:4317</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Whether it is spoken to in HTTP with protobuf rather than in gRPC.</summary>
    public bool IsHttp { get; init; }

    /// <summary>How often metrics are sent; 15 s by default.</summary>
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromSeconds(15);
}
