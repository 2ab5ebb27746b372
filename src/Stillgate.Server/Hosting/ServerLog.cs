namespace Stillgate.Server.Hosting;

/// <summary>Every line that the host logs. None holds content, a key or an address.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(3001, LogLevel.Error, "keys: the store cannot be read, the last known keys stay in force: {Reason}")]
    public static partial void KeysUnreadable(ILogger logger, string reason);

    [LoggerMessage(3002, LogLevel.Information, "listening on {Address}")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(3003, LogLevel.Information, "stopping: {ActiveCount} exchanges run; they have {DrainSeconds} s to finish")]
    public static partial void Stopping(ILogger logger, int activeCount, double drainSeconds);

    [LoggerMessage(3004, LogLevel.Warning, "stopping: {ActiveCount} exchanges were still running when their time was over")]
    public static partial void DrainOver(ILogger logger, int activeCount);

    [LoggerMessage(3030, LogLevel.Information, "policy: version {Version} is in force; {AccountCount} accounts are known")]
    public static partial void PolicyInForce(ILogger logger, string version, int accountCount);

    [LoggerMessage(3031, LogLevel.Error, "policy: what the store holds cannot be put in force, the last stays: {Reason}")]
    public static partial void DecisionsStale(ILogger logger, string reason);

    [LoggerMessage(3032, LogLevel.Error, "{What}: the file that came cannot be used, the last stays in force: {Reason}")]
    public static partial void FileUnusable(ILogger logger, string what, string reason);

    [LoggerMessage(3020, LogLevel.Error, "analysis: failed; serving and recording go on, and the last findings stay: {Failure}{Trace}")]
    public static partial void AnalysisFailed(ILogger logger, string failure, string? trace);
}
