namespace Stillgate.Gateway.Recorder;

/// <summary>What the gateway did, at one moment. Immutable.</summary>
public sealed record GatewayMetricsSnapshot
{
    /// <summary>Requests that arrived in each of the last 300 whole seconds, oldest first.</summary>
    public required IReadOnlyList<int> RequestsPerSecond { get; init; }

    /// <summary>Requests that ended since the start, by status class: index 0 is 1xx, index 4 is 5xx.</summary>
    public required IReadOnlyList<long> EndedByStatusClass { get; init; }

    /// <summary>Requests that are being served now.</summary>
    public required int ActiveExchanges { get; init; }

    /// <summary>Streams that are being sent now.</summary>
    public required int ActiveStreams { get; init; }

    /// <summary>Records written to the exchange log since the start.</summary>
    public required long RecordsWritten { get; init; }

    /// <summary>Records dropped since the start, wherever.</summary>
    public required long RecordsDropped { get; init; }

    /// <summary>Time since the start.</summary>
    public required TimeSpan Uptime { get; init; }
}
