using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Sketching;
using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Lab.Replay;
using Stillgate.Lab.Simulation;
using Stillgate.Lab.StandIn;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting;
using Stillgate.WebConsole;

namespace Stillgate.Server.Demo;

/// <summary>The demo: every part in one process, over real HTTP on loopback, with a store that is removed at the end.</summary>
internal sealed class DemoRun(DemoOptions options, IDemoOutput output)
{
    private const double AsFastAsItGoes = 0;
    private const string Notice = "Demonstration: the provider is a stand-in, the traffic is composed.";
    private static readonly Uri UsualListen = new("http://127.0.0.1:8080");
    private static readonly Uri UsualConsole = new("http://127.0.0.1:8090");
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(300);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Runs the demo.</summary>
    /// <param name="stopping">Ends it.</param>
    /// <returns>An exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var script = DemoScript.Compose(options.Seed);
        var store = Directory.CreateTempSubdirectory("stillgate-demo-");
        try
        {
            var found = await ServeAsync(script, store.FullName, stopping);
            return options.Once && !found ? ExitCode.Problem : ExitCode.Ok;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl-C is how a watched demo ends.
            return options.Once ? ExitCode.Interrupted : ExitCode.Ok;
        }
        finally
        {
            store.Delete(recursive: true);
            output.Stopped();
        }
    }

    private async Task<bool> ServeAsync(DemoScript script, string store, CancellationToken stopping)
    {
        var clock = new ReplayClock(script.Exchanges[0].At);
        var sketchKey = SketchKey.Create();
        using var loggers = LoggerFactory.Create(LogToStandardError);
        using var transform = new SketchTransform(sketchKey);
        using var analysis = new LiveAnalysis(
            new AnalysisOptions { Calibration = CalibrationSet.Shipped, SketchKey = sketchKey, RepeatFilterLog2Bits = DemoScript.RepeatFilterLog2Bits }, script.Registrations, TimeProvider.System, loggers.CreateLogger("Stillgate.Server"));
        await using var provider = await StandInProvider.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0), new StandInOptions(), TimeProvider.System, stopping);
        await using var gateway = await StartGatewayAsync(provider.Address, store, transform, analysis, clock, stopping);
        await using var console = await ConsoleServer.StartAsync(
            options.Console ?? FreeOf(UsualConsole),
            analysis,
            new GatewayTrafficFeed(gateway.Metrics, TimeProvider.System),
            new ConsoleOptions { ObservingOnly = true, Notice = Notice },
            LogToStandardError,
            stopping);
        var keys = Register(gateway, script);
        output.Ready(new DemoAddresses(console.Address, gateway.Address, provider.Address), script.Registrations.Count, script.Exchanges.Count);

        using var traffic = new DemoTraffic(gateway.Address, keys, clock, options.Once ? AsFastAsItGoes : script.Span / Watched);
        var began = Stopwatch.GetTimestamp();
        var progress = new LatestProgress();
        var sending = traffic.RunAsync(script.Exchanges, progress, stopping);
        await WatchAsync(sending, progress, analysis, script, stopping);
        var outcome = await sending;
        await DrainAsync(gateway, stopping);
        analysis.Publish();
        Tell(analysis, script);
        var totals = new DemoTotals(options.Seed, outcome.Failed + script.Unlike(outcome.ByStatus), gateway.Metrics.Snapshot().RecordsDropped, Stopwatch.GetElapsedTime(began));
        output.Finished(DemoResult.Measure(analysis.Current, script.Labels, totals), goesOn: !options.Once);
        if (!options.Once)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
        }

        return analysis.Current.Campaigns.Count > 0;
    }

    private async Task<GatewayHost> StartGatewayAsync(
        Uri provider, string store, IRecordTransform transform, IExchangeObserver analysis, ReplayClock clock, CancellationToken stopping)
    {
        var listen = options.Listen ?? FreeOf(UsualListen);
        try
        {
            return await GatewayHost.StartAsync(
                new GatewayHostOptions
                {
                    Listen = listen,
                    StorePath = store,
                    Drain = TimeSpan.FromMilliseconds(500),
                    Transform = transform,
                    Observers = [analysis],
                    Gateway = new GatewayOptions
                    {
                        Providers = [new ProviderOptions { Name = "stand-in", Address = provider, Dialects = [Dialects.OpenAiChat, Dialects.AnthropicMessages] }],
                        ForwardedHeaders = [StandInProvider.Header],
                    },
                },
                clock,
                NullLoggerFactory.Instance,
                stopping);
        }
        catch (IOException cause)
        {
            throw new OperatorException($"the gateway cannot listen on {listen}: {cause.Message}");
        }
    }

    private static Dictionary<string, string> Register(GatewayHost gateway, DemoScript script)
    {
        gateway.Registrations.Import(script.Registrations);
        var keys = script.Registrations.ToDictionary(
            registration => registration.Account,
            registration => gateway.KeyStore.Create(registration.Account, registration.Organization).Secret,
            StringComparer.Ordinal);
        gateway.ReloadKeys();
        return keys;
    }

    private async Task WatchAsync(Task sending, LatestProgress progress, LiveAnalysis analysis, DemoScript script, CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(LookInterval, TimeProvider.System);
        var ticking = tick.WaitForNextTickAsync(stopping).AsTask();
        while (await Task.WhenAny(sending, ticking) == ticking && await ticking)
        {
            output.Sent(progress.Sent, script.Exchanges.Count);
            Tell(analysis, script);
            ticking = tick.WaitForNextTickAsync(stopping).AsTask();
        }
    }

    /// <summary>Waits until every record of what was sent has left the queue.</summary>
    private static async Task DrainAsync(GatewayHost gateway, CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        do
        {
            var metrics = gateway.Metrics.Snapshot();
            if (metrics.ActiveExchanges == 0 && metrics.RecordsWritten + metrics.RecordsDropped >= metrics.EndedByStatusClass.Sum())
            {
                return;
            }
        }
        while (await tick.WaitForNextTickAsync(stopping));
    }

    private void Tell(LiveAnalysis analysis, DemoScript script)
    {
        foreach (var campaign in analysis.Current.Campaigns.Where(campaign => _told.Add(campaign.Id)))
        {
            output.Found(CampaignLine.Of(campaign, script.Labels));
        }
    }

    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>The usual address where nobody listens on it, otherwise any free port.</summary>
    private static Uri FreeOf(Uri usual)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Parse(usual.Host), usual.Port));
            return usual;
        }
        catch (SocketException)
        {
            return new UriBuilder(usual) { Port = 0 }.Uri;
        }
    }

    private sealed class LatestProgress : IProgress<ReplayProgress>
    {
        private long _sent;

        public long Sent => Interlocked.Read(ref _sent);

        public void Report(ReplayProgress value) => Interlocked.Exchange(ref _sent, value.Sent);
    }
}
