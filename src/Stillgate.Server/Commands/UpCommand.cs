using System.CommandLine;
using System.Runtime.InteropServices;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Server.Admin;
using Stillgate.Server.Configuration;
using Stillgate.Server.Hosting;
using Stillgate.Server.Hosting.Tls;
using Stillgate.Storage;
using Stillgate.WebConsole;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate up</c>: the gateway.</summary>
internal static class UpCommand
{
    public const string Name = "up";

    private const string Help = """
        Starts the gateway and serves until it is told to stop (SIGTERM or Ctrl-C). SIGHUP reads the settings again: all of them
        come into force or, where one is wrong, none.

        Examples:
          stillgate up --listen http://127.0.0.1:8080 --provider openai.chat=http://127.0.0.1:9000 --store ./store
          stillgate up --config stillgate.yaml --console http://127.0.0.1:8090
          stillgate up --config stillgate.yaml --check
        """;

    private static readonly Option<string?> Config = new("--config") { Description = "Settings file (docs/operations/configuration.md); options given beside it win", HelpName = "FILE" };
    private static readonly Option<string?> Listen = new("--listen") { Description = "Where to listen, such as http://127.0.0.1:8080", HelpName = "URL" };
    private static readonly Option<string[]> Provider = new("--provider") { Description = "Where a dialect's requests go: DIALECT=URL; may be given again", HelpName = "DIALECT=URL" };
    private static readonly Option<string?> Store = new("--store") { Description = "Folder for keys, registrations and the exchange log", HelpName = "DIR" };
    private static readonly Option<bool> Open = new("--open") { Description = "Accept any key; its account is taken from its hash" };
    private static readonly Option<bool> KeepContent = new("--keep-content") { Description = "Write prompts and answers to the exchange log" };
    private static readonly Option<int?> DrainSeconds = new("--drain-seconds") { Description = "Time for running streams after the stop (default 30)", HelpName = "N" };
    private static readonly Option<string[]> ForwardHeader = new("--forward-header") { Description = "A client header that passes to providers besides the usual ones; may be given again", HelpName = "NAME" };
    private static readonly Option<string?> ConsoleAddress = new("--console") { Description = "Serve the console here, such as http://127.0.0.1:8090; anywhere but on loopback it asks for an admin key", HelpName = "URL" };
    private static readonly Option<string?> Admin = new("--admin") { Description = "Serve the admin API, metrics and health here; alone, at http://127.0.0.1:8091", HelpName = "URL", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> BackgroundFile = new("--background") { Description = "Known harness and framework prompts: sharing them links nobody", HelpName = "FILE" };
    private static readonly Option<bool> Check = new("--check") { Description = "Check the settings and end" };

    public static Command Create()
    {
        var command = new Command(Name, Help) { Config, Listen, Provider, Store, Open, KeepContent, DrainSeconds, ForwardHeader, ConsoleAddress, Admin, BackgroundFile, Check };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = Settle(parsed);
        if (parsed.GetValue(Check))
        {
            if (options.Tls is { } tls)
            {
                new ServerCertificate(tls).Load();
            }

            if (options.AdminTls is { } adminTls)
            {
                new ServerCertificate(adminTls).Load();
            }

            if (options.PlacesPath is { } places)
            {
                PlacesFollower.Open(places);
            }

            await Console.Out.WriteLineAsync("the settings are sound");
            return ExitCode.Ok;
        }

        // Before anything is served: from then on a signal must not end the process by itself.
        using var stop = new StopSignal(cancellation);
        using var hold = Opened(() => StoreHold.Take(options.StorePath));
        using var signIn = SignIn(options);
        SocketCompletions.Inline();
        using var loggers = ServerLogging.Create();
        var key = SketchKeyFile.LoadOrCreate(options.StorePath);
        using var transform = new SketchTransform(key);
        using var analysis = new LiveAnalysis(
            new AnalysisOptions { Calibration = CalibrationSet.Shipped, SketchKey = key, BackgroundFile = options.BackgroundFile },
            [],
            TimeProvider.System,
            loggers.CreateLogger("Stillgate.Server"));
        var metrics = new AnalysisMetrics(analysis);
        analysis.Hold(options.StorePath);
        await using var host = await StartAsync(
            options with { Transform = transform, Observers = [analysis], Campaigns = analysis, Analysis = analysis, AnalysisNote = metrics.Note, AnalysisMetrics = metrics.ToPrometheusText }, loggers, cancellation);
        analysis.Register(host.Registrations.List());
        analysis.KeepCheckpoint(Path.Combine(options.StorePath, "analysis.checkpoint"), () => host.Recorded, host.Registrations.List);
        using var stopWarmUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var warmUp = Task.Run(() => analysis.WarmUpAsync(host.EarlierLogFiles, stopWarmUp.Token), CancellationToken.None);
        await using var console = await StartConsoleAsync(options.Console, options.AdminTls, signIn, analysis, host, cancellation);
        await Console.Out.WriteLineAsync($"stillgate: ready at {host.Address}");
        if (console is not null)
        {
            await Console.Out.WriteLineAsync($"stillgate: console at {console.Address}");
        }

        var reloader = new ConfigReloader(host, options, problems => Settle(parsed, problems), loggers.CreateLogger("Stillgate.Server"));
        host.Reload = reloader.Reload;
        using var reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            reloader.Reload();
        });
        stop.WhenAskedAgain(host.EndDrain);
        await stop.Asked;
        await host.StopAsync();
        stop.WhenAskedAgain(static () => { });
        await stopWarmUp.CancelAsync();
        await warmUp;
        return ExitCode.Ok;
    }

    private static async Task<ConsoleServer?> StartConsoleAsync(
        ConsoleListenOptions? console, TlsOptions? tls, AdminKeySignIn? signIn, LiveAnalysis analysis, GatewayHost host, CancellationToken cancellation)
    {
        if (console is null)
        {
            return null;
        }

        return await ConsoleServer.StartAsync(
            console.Listen,
            new ConsoleAccess(signIn, console.Listen.Scheme == "https" ? tls : null),
            analysis,
            new GatewayTrafficFeed(host.Metrics, TimeProvider.System),
            new ConsoleOptions { ObservingOnly = true },
            logging => logging.SetMinimumLevel(LogLevel.Warning),
            TimeProvider.System,
            cancellation);
    }

    /// <summary>The console's sign-in, or null where it needs none.</summary>
    /// <exception cref="OperatorException">Nobody could sign in.</exception>
    private static AdminKeySignIn? SignIn(GatewayHostOptions options)
    {
        if (options.Console is not { } console || (console.Listen.IsLoopback && !console.NeedsSignIn))
        {
            return null;
        }

        var signIn = Opened(() => new AdminKeySignIn(StoreFolder.Open(options.StorePath), TimeProvider.System));
        if (signIn.HasValidKey)
        {
            return signIn;
        }

        signIn.Dispose();
        throw new OperatorException($"console: {console.Listen} asks for an admin key, so one must be there first: stillgate admin key create --role viewer --name NAME --store {options.StorePath}");
    }

    private static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (StoreException cause)
        {
            throw new OperatorException(cause.Message);
        }
    }

    private static async Task<GatewayHost> StartAsync(GatewayHostOptions options, ILoggerFactory loggers, CancellationToken cancellation)
    {
        try
        {
            return await GatewayHost.StartAsync(options, TimeProvider.System, loggers, cancellation);
        }
        catch (StoreException cause)
        {
            throw new OperatorException(cause.Message);
        }
        catch (IOException cause)
        {
            throw new OperatorException($"cannot listen on {options.Listen}: {cause.Message}");
        }
    }

    private static GatewayHostOptions Settle(ParseResult parsed)
    {
        var problems = new List<ConfigProblem>();
        return Settle(parsed, problems) ?? throw new OperatorException(
            problems.Count == 1 ? problems[0].ToString() : $"{problems.Count} settings are wrong:\n  " + string.Join("\n  ", problems));
    }

    private static GatewayHostOptions? Settle(ParseResult parsed, List<ConfigProblem> problems)
    {
        var file = parsed.GetValue(Config);
        var settings = file is null ? new UpSettings() : ConfigFile.Read(file, problems);
        settings = Overlay(settings, parsed, problems);
        return UpSettingsCheck.ToHostOptions(settings, file ?? "command line", problems);
    }

    private static UpSettings Overlay(UpSettings settings, ParseResult parsed, List<ConfigProblem> problems)
    {
        void Wrong(string option, string message) => problems.Add(new ConfigProblem("command line", 0, option, message));

        var providers = new List<Gateway.Forwarder.ProviderOptions>();
        foreach (var text in parsed.GetValue(Provider) ?? [])
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var address = at < 0 ? null : ConfigSection.ParseAddress(text[(at + 1)..]);
            if (address is null || !ProviderSection.Dialects.Contains(text[..at]))
            {
                Wrong("--provider", $"expected DIALECT=URL with a dialect of {string.Join(", ", ProviderSection.Dialects)}");
                continue;
            }

            providers.Add(ProviderSection.Create(text[..at], address, [text[..at]], ["*"], credential: null));
        }

        var listen = parsed.GetValue(Listen);
        var listenAddress = listen is null ? settings.Listen : ConfigSection.ParseAddress(listen);
        if (listen is not null && listenAddress is null)
        {
            Wrong("--listen", "expected an address such as http://127.0.0.1:8080");
        }

        var consoleText = parsed.GetValue(ConsoleAddress);
        var consoleAddress = consoleText is null ? settings.ConsoleListen : ConfigSection.ParseAddress(consoleText);
        if (consoleText is not null && consoleAddress is null)
        {
            Wrong("--console", "expected an address such as http://127.0.0.1:8090");
        }

        var admin = parsed.GetResult(Admin) is null ? null : parsed.GetValue(Admin) ?? "http://127.0.0.1:8091";
        var adminAddress = admin is null ? settings.AdminListen : ConfigSection.ParseAddress(admin);
        if (admin is not null && adminAddress is null)
        {
            Wrong("--admin", "expected an address such as http://127.0.0.1:8091");
        }

        if (parsed.GetValue(DrainSeconds) is < 0)
        {
            Wrong("--drain-seconds", "expected 0 or more");
        }

        return settings with
        {
            Listen = listenAddress,
            AdminListen = adminAddress,
            ConsoleListen = consoleAddress,
            Store = parsed.GetValue(Store) ?? settings.Store,
            IsOpen = parsed.GetValue(Open) ? true : settings.IsOpen,
            KeepContent = parsed.GetValue(KeepContent) ? true : settings.KeepContent,
            BackgroundFile = parsed.GetValue(BackgroundFile) ?? settings.BackgroundFile,
            DrainSeconds = parsed.GetValue(DrainSeconds) ?? settings.DrainSeconds,
            ForwardHeaders = [.. settings.ForwardHeaders, .. parsed.GetValue(ForwardHeader) ?? []],
            Providers = providers.Count > 0 ? providers : settings.Providers,
        };
    }
}
