namespace Stillgate.Lab.Replay;

/// <summary>How far a replay is.</summary>
/// <param name="Sent">Requests that ended, well or badly.</param>
/// <param name="Failed">Of these, the ones without an HTTP answer.</param>
/// <param name="At">Recorded time of the last exchange that was handed out.</param>
public readonly record struct ReplayProgress(long Sent, long Failed, DateTimeOffset At);
