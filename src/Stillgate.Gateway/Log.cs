using Microsoft.Extensions.Logging;

namespace Stillgate.Gateway;

/// <summary>Every line that the gateway logs. None holds content, a key or an address.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "exchange {ExchangeId}: a stage failed with {ExceptionType}\n{StackTrace}")]
    public static partial void StageFailed(ILogger logger, string exchangeId, string exceptionType, string? stackTrace);

    [LoggerMessage(1002, LogLevel.Error, "exchange {ExchangeId}: could not be recorded and is lost: {ExceptionType}\n{StackTrace}")]
    public static partial void CloseFailed(ILogger logger, string exchangeId, string exceptionType, string? stackTrace);

    [LoggerMessage(1003, LogLevel.Warning, "provider {Provider}: {State}, by its probe")]
    public static partial void ProviderProbed(ILogger logger, string provider, string state);
}
