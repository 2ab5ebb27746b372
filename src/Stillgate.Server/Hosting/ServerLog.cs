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

    [LoggerMessage(3007, LogLevel.Information, "stopped: {WrittenCount} records written, {DroppedCount} dropped")]
    public static partial void Stopped(ILogger logger, long writtenCount, long droppedCount);

    [LoggerMessage(3005, LogLevel.Information, "configuration reloaded: {ProviderCount} providers")]
    public static partial void Reloaded(ILogger logger, int providerCount);

    [LoggerMessage(3006, LogLevel.Error, "configuration not reloaded, the last one stays in force: {Problem}")]
    public static partial void ReloadRefused(ILogger logger, string problem);

    [LoggerMessage(3030, LogLevel.Information, "policy: version {Version} is in force; {AccountCount} accounts are known")]
    public static partial void PolicyInForce(ILogger logger, string version, int accountCount);

    [LoggerMessage(3031, LogLevel.Error, "policy: what the store holds cannot be put in force, the last stays: {Reason}")]
    public static partial void DecisionsStale(ILogger logger, string reason);

    [LoggerMessage(3032, LogLevel.Error, "{What}: the file that came cannot be used, the last stays in force: {Reason}")]
    public static partial void FileUnusable(ILogger logger, string what, string reason);

    [LoggerMessage(3040, LogLevel.Error, "admin API: a {Method} failed, nothing was changed: {Failure}: {Reason}")]
    public static partial void AdminFailed(ILogger logger, string method, string failure, string reason);

    [LoggerMessage(3041, LogLevel.Information, "admin API listening on {Address}")]
    public static partial void AdminListening(ILogger logger, string address);

    [LoggerMessage(3050, LogLevel.Information, "budgets: going on with what was used before, of {StandingCount} owners and windows")]
    public static partial void BudgetsTakenUp(ILogger logger, int standingCount);

    [LoggerMessage(3051, LogLevel.Error, "budgets: what was used before cannot be read, so every window begins anew; the file is set aside as budgets.damaged: {Reason}")]
    public static partial void BudgetsUnusable(ILogger logger, string reason);

    [LoggerMessage(3052, LogLevel.Error, "budgets: what is used is not kept on disk, and would be forgotten by a restart; trying on: {Reason}")]
    public static partial void BudgetsNotKept(ILogger logger, string reason);

    [LoggerMessage(3053, LogLevel.Information, "{Ledger}: going on with {EntryCount} entries from before")]
    public static partial void LedgerTakenUp(ILogger logger, string ledger, int entryCount);

    [LoggerMessage(3054, LogLevel.Warning, "{Ledger}: {File} is damaged in {DamageCount} places; the entries there are forgotten, the others are not")]
    public static partial void LedgerDamaged(ILogger logger, string ledger, string file, int damageCount);

    [LoggerMessage(3055, LogLevel.Error, "{Ledger}: a file cannot be used, so its entries are forgotten; a damaged one is set aside as {Ledger}.damaged: {Reason}")]
    public static partial void LedgerUnusable(ILogger logger, string ledger, string reason);

    [LoggerMessage(3056, LogLevel.Error, "{Ledger}: {WaitingCount} entries are not kept on disk, and would be forgotten by a restart; trying on: {Reason}")]
    public static partial void LedgerNotKept(ILogger logger, string ledger, int waitingCount, string reason);

    [LoggerMessage(3057, LogLevel.Information, "{Ledger}: kept on disk again")]
    public static partial void LedgerKeptAgain(ILogger logger, string ledger);

    [LoggerMessage(3058, LogLevel.Warning, "{Ledger}: more than the {EntriesMax} entries of a generation that are kept on disk; those past it would be forgotten by a restart")]
    public static partial void LedgerPastBound(ILogger logger, string ledger, int entriesMax);

    [LoggerMessage(3020, LogLevel.Error, "analysis: failed; serving and recording go on, and the last findings stay: {Failure}{Trace}")]
    public static partial void AnalysisFailed(ILogger logger, string failure, string? trace);

    [LoggerMessage(3021, LogLevel.Information, "analysis: reading the stored log, {FileCount} files")]
    public static partial void WarmUpBegan(ILogger logger, int fileCount);

    [LoggerMessage(3022, LogLevel.Information, "analysis: the stored log is read, {ExchangeCount} exchanges of it and {HeldCount} that came in meanwhile")]
    public static partial void WarmUpEnded(ILogger logger, long exchangeCount, long heldCount);

    [LoggerMessage(3023, LogLevel.Warning, "analysis: a file of the stored log is not in the findings, or not to its end: {Reason}")]
    public static partial void WarmUpFileFailed(ILogger logger, string reason);

    [LoggerMessage(3024, LogLevel.Information, "analysis: going on from the checkpoint, after {ExchangeCount} exchanges")]
    public static partial void CheckpointTaken(ILogger logger, long exchangeCount);

    [LoggerMessage(3025, LogLevel.Warning, "analysis: the checkpoint cannot be used, and the log is read from its beginning: {Reason}")]
    public static partial void CheckpointUnusable(ILogger logger, string reason);

    [LoggerMessage(3026, LogLevel.Warning, "analysis: no checkpoint was kept; the last one stays: {Reason}")]
    public static partial void CheckpointFailed(ILogger logger, string reason);
}
