using System.Diagnostics;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary><c>stillgate up</c> as a process of its own, killed in the end.</summary>
internal sealed class UpProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private readonly Task<string> _log;

    private UpProcess(Process process) => (_process, _log) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Where the gateway listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it with a settings file and waits until it is ready.</summary>
    /// <param name="config">The settings file.</param>
    /// <param name="environment">Variables that the settings name.</param>
    public static async Task<UpProcess> StartAsync(string config, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { typeof(GatewayHost).Assembly.Location, "up", "--config", config } };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var up = new UpProcess(Process.Start(start)!);
        const string Ready = "stillgate: ready at ";
        while (await up._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                up.Address = new Uri(line[Ready.Length..]);
                return up;
            }
        }

        throw new InvalidOperationException("stillgate up ended before it was ready: " + await up._log);
    }

    /// <summary>Tells it to stop, as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("sh", ["-c", FormattableString.Invariant($"kill -TERM {_process.Id}")]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>What it logged, once it has ended.</summary>
    public Task<string> LogAsync() => _log.WaitAsync(Patience);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
