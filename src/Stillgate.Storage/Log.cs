using Microsoft.Extensions.Logging;

namespace Stillgate.Storage;

/// <summary>Every line that the storage logs. None holds content, a key or an address.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "exchange log {Folder}: cannot be written, records are being dropped: {Reason}")]
    public static partial void WritingFailed(ILogger logger, string folder, string reason);

    [LoggerMessage(2002, LogLevel.Information, "exchange log {Folder}: is being written again; {DroppedCount} records have been dropped since the start")]
    public static partial void WritingResumed(ILogger logger, string folder, long droppedCount);

    [LoggerMessage(2003, LogLevel.Warning, "exchange log file {File}: was not closed by the process that wrote it; kept, {CutBytes} bytes of an unfinished block cut off")]
    public static partial void FileRecovered(ILogger logger, string file, long cutBytes);

    [LoggerMessage(2004, LogLevel.Error, "exchange {ExchangeId}: its content could not be replaced ({ExceptionType}), so it was not written\n{StackTrace}")]
    public static partial void TransformFailed(ILogger logger, string exchangeId, string exceptionType, string? stackTrace);

    [LoggerMessage(2005, LogLevel.Error, "observer {Observer}: failed on exchange {ExchangeId} ({ExceptionType})\n{StackTrace}")]
    public static partial void ObserverFailed(ILogger logger, string observer, string exchangeId, string exceptionType, string? stackTrace);
}
