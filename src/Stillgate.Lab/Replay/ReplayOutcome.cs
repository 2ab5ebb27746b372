namespace Stillgate.Lab.Replay;

/// <summary>What became of a replay.</summary>
public sealed record ReplayOutcome
{
    /// <summary>Requests that ended, well or badly.</summary>
    public required long Sent { get; init; }

    /// <summary>Exchanges of the log that no request stands for: another dialect, or no content on record.</summary>
    public required long Skipped { get; init; }

    /// <summary>Requests without an HTTP answer, or whose answer broke off.</summary>
    public required long Failed { get; init; }

    /// <summary>Answers by HTTP status.</summary>
    public required IReadOnlyDictionary<int, long> ByStatus { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Requests a second over the whole run.</summary>
    public double RequestsPerSecond => Elapsed > TimeSpan.Zero ? Sent / Elapsed.TotalSeconds : 0;
}
