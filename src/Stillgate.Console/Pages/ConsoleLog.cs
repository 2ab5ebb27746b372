using Microsoft.Extensions.Logging;

namespace Stillgate.WebConsole.Pages;

/// <summary>What the console logs. Event ids 7000 to 7099.</summary>
internal static partial class ConsoleLog
{
    [LoggerMessage(7000, LogLevel.Error, "A page of the console could not be made.")]
    public static partial void PageFailed(ILogger logger, Exception failure);

    [LoggerMessage(7001, LogLevel.Information, "console: admin key {KeyId} signed in")]
    public static partial void SignedIn(ILogger logger, string keyId);

    [LoggerMessage(7002, LogLevel.Warning, "console: a sign-in was refused")]
    public static partial void SignInRefused(ILogger logger);
}
