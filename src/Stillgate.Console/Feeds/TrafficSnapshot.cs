namespace Stillgate.WebConsole.Feeds;

/// <summary>What passes through the gateway, at one moment. Immutable.</summary>
public sealed record TrafficSnapshot
{
    /// <summary>Most seconds that <see cref="RequestsPerSecond"/> holds.</summary>
    public const int SecondsMax = 300;

    /// <summary>When the gateway started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the snapshot was taken, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Requests that ended in each of the last seconds, oldest first; at most <see cref="SecondsMax"/>, fewer soon after the start.</summary>
    public required IReadOnlyList<int> RequestsPerSecond { get; init; }

    /// <summary>Requests that ended since the start, by the class of the status that the client was sent.</summary>
    public required StatusClassCounts StatusClasses { get; init; }

    /// <summary>Streams being forwarded now.</summary>
    public required int ActiveStreams { get; init; }

    /// <summary>Exchange records written to the log since the start.</summary>
    public required long RecordsWritten { get; init; }

    /// <summary>Exchange records lost since the start because the recorder's queue was full.</summary>
    public required long RecordsDropped { get; init; }
}
