using System.Diagnostics;
using Stillgate.Server.Admin;
using Stillgate.Server.Hosting;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.WebConsole;
using Stillgate.WebConsole.Feeds;
using Xunit;

namespace Stillgate.Tests.WebConsole;

/// <summary>The console in a real browser: <c>tests/console-browser/check.mjs</c> says what is checked.</summary>
public sealed class ConsoleBrowserTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "console-browser");

    [Fact]
    public async Task Console_InChromium_PassesEveryCheck()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "Chromium is not installed: eng/install-browser.sh could not install it.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "playwright-core")), "The packages of tests/console-browser are not installed: run eng/install-browser.sh.");
        await using var server = await ConsoleServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new FakeAnalysisFeed(SampleFindings.Create()),
            new MovingTrafficFeed(),
            new ConsoleOptions { ObservingOnly = true, Notice = "Invented findings, for a test." },
            _ => { },
            TestContext.Current.CancellationToken);

        using var folder = new TemporaryFolder();
        var store = StoreFolder.Open(folder.Path);
        using var signIn = new AdminKeySignIn(store, TimeProvider.System);
        await using var guarded = await ConsoleServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ConsoleAccess(signIn, Tls: null),
            new FakeAnalysisFeed(SampleFindings.Create()),
            new MovingTrafficFeed(),
            new ConsoleOptions { ObservingOnly = true },
            _ => { },
            TimeProvider.System,
            TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "check.mjs", server.Address.ToString(), "/accounts/" + Uri.EscapeDataString(SampleFindings.HostileAccount), "/campaigns/c-1" },
        };
        start.Environment["STILLGATE_SIGN_IN"] = $"{guarded.Address} {KeyOf(store)}";
        if (Environment.GetEnvironmentVariable("STILLGATE_PICTURES") is { } pictures)
        {
            start.ArgumentList.Add(pictures);
        }

        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, output + await errors);
        Assert.Contains("ok   no request leaves the console", output, StringComparison.Ordinal);
        Assert.Contains("ok   sign-out phone: the console is closed again", output, StringComparison.Ordinal);
    }

    private static string KeyOf(StoreFolder store)
    {
        using var database = StillgateDatabase.Open(store);
        return new AdminKeyStore(database, store, TimeProvider.System).Create("a reader", AdminRole.Viewer, expiresAt: null).Secret;
    }

    /// <summary>One more open stream each time somebody looks, so that an update can be told from a reload.</summary>
    private sealed class MovingTrafficFeed : ITrafficFeed
    {
        private readonly FakeTrafficFeed _still = new();
        private int _looks;

        public TrafficSnapshot Current => _still.Current with { ActiveStreams = Interlocked.Increment(ref _looks) };
    }
}
