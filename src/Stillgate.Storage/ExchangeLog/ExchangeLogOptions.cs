namespace Stillgate.Storage.ExchangeLog;

/// <summary>How the exchange log is written.</summary>
public sealed record ExchangeLogOptions
{
    /// <summary>The folder of the log's files.</summary>
    public required string Folder { get; init; }

    /// <summary>A file is closed when it has reached this size, in compressed bytes; 64 MiB by default.</summary>
    public long FileBytesMax { get; init; } = 64 << 20;

    /// <summary>A file is closed when it is this old; an hour by default.</summary>
    public TimeSpan FileAgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A block is compressed and written when its lines have reached this size, in bytes; 64 KiB by default.</summary>
    public int BlockBytesMax { get; init; } = 64 << 10;

    /// <summary>A block is written when its first line has waited this long; 1 s by default. A crash loses no more than this.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the writer lets records gather before it looks again; 5 ms by default. Without it each exchange would wake a thread beside the one that
    /// serves; with a longer one it would do so much at once that on one core requests wait for it.
    /// </summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>After a failed write, how long records are dropped before writing is tried again; 5 s by default.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);
}
