using System.Diagnostics;
using Stillgate.Server.Hosting;

namespace Stillgate.Tests;

/// <summary>The <c>stillgate</c> command as a process of its own, for tests of what it prints.</summary>
internal sealed record CommandProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<CommandProcess> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(typeof(GatewayHost).Assembly.Location))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new CommandProcess(process.ExitCode, await output, await errors);
    }
}
