namespace Stillgate.Server.Hosting;

/// <summary>How the process logs: lines to standard error, so that standard output stays for results.</summary>
internal static class ServerLogging
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)

        // While this category may log anything at all, the host makes an activity and a scope for every request.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)

        // YARP logs an address and an exception for each failed request; the record has it, without either.
        .AddFilter("Yarp", LogLevel.None)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        })
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
