namespace Stillgate.Detection.Pipeline;

/// <summary>How far into a log an analysis has read.</summary>
public sealed record LogPosition
{
    /// <summary>Files read to their end, oldest first, each with its size on disk. A folder's other files follow them.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Files { get; init; } = [];

    /// <summary>Lines read of the files after those, taken together; empty ones are not counted.</summary>
    public required long Lines { get; init; }

    /// <summary>Hash of those lines, or null where the reader never saw them as lines.</summary>
    public ulong? LinesHash { get; init; }

    /// <summary>Id of the exchange on the last of those lines, or null where it is not known.</summary>
    public string? LastExchange { get; init; }

    /// <summary>Bad lines so far: they are told once.</summary>
    public long Problems { get; init; }

    /// <summary>Time of the latest exchange, in milliseconds.</summary>
    public long LatestMs { get; init; } = long.MinValue;
}
