using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Stillgate.Gateway;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Controls.Ledgers;
using Stillgate.Gateway.Decisions;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Recorder;
using Stillgate.Server.Admin;
using Stillgate.Server.Configuration;
using Stillgate.Server.Decisions;
using Stillgate.Server.Hosting.Ledgers;
using Stillgate.Server.Hosting.Tls;
using Stillgate.Storage;
using Stillgate.Storage.ExchangeLog;
using Stillgate.Storage.Keys;
using Stillgate.Storage.Registrations;

namespace Stillgate.Server.Hosting;

/// <summary>
/// A running gateway with its store, as <c>stillgate up</c> starts it and as the demo and the tests start it in their own process.
/// Dispose it to stop it: that drains.
/// </summary>
internal sealed partial class GatewayHost : IAsyncDisposable
{
    private readonly GatewayHostOptions _options;
    private readonly StillgateDatabase _database;
    private readonly ExchangeQueue _queue;
    private readonly ExchangeLogWriter _writer;
    private readonly KeyRefresher _keys;
    private readonly DecisionRefresher _decisions;
    private readonly ServerCertificate? _certificate;
    private readonly List<FileFollower> _followers = [];
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BudgetKeeper _budgets;
    private readonly LedgerKeeper _ledgers;
    private readonly TelemetryExport? _telemetry;
    private Task _writing = Task.CompletedTask;
    private AdminServer? _admin;
    private int _stopping;

    private GatewayHost(GatewayHostOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time) = (options, time);
        _logger = loggers.CreateLogger("Stillgate.Server");
        Folder = StoreFolder.Open(options.StorePath);
        _database = StillgateDatabase.Open(Folder);
        KeyStore = new KeyStore(_database, Folder, time);
        Registrations = new RegistrationStore(_database);
        var directory = new KeyDirectory(Folder.Secret.Span, options.IsOpen);
        _keys = new KeyRefresher(KeyStore, directory, time, _logger);
        var decisions = new CurrentDecisions();
        try
        {
            _certificate = options.Tls is { } tls ? new ServerCertificate(tls) : null;
            Follow(decisions);
            _decisions = new DecisionRefresher(new DecisionLoader(_database, Folder, time), decisions, time, _logger);
        }
        catch
        {
            _followers.ForEach(follower => follower.Dispose());
            _keys.Dispose();
            _database.Dispose();
            throw;
        }

        _queue = new ExchangeQueue(options.QueueCapacity);
        _writer = new ExchangeLogWriter(
            options.ShapeLog(new ExchangeLogOptions { Folder = Folder.ExchangeLogPath, FlushInterval = options.LogFlushInterval }),
            _queue.Reader,
            options.KeepContent ? null : options.Transform,
            options.Observers,
            time,
            loggers.CreateLogger("Stillgate.Storage"));
        Metrics = new GatewayMetrics(time, () => new RecorderCounts(_writer.WrittenCount, _writer.DroppedCount + _queue.DroppedCount));
        _app = BuildApp(directory, decisions, loggers);
        _budgets = new BudgetKeeper(Path.Combine(options.StorePath, "budgets"), Configs, time, _logger);
        _ledgers = new LedgerKeeper(Path.Combine(options.StorePath, "ledgers"), _app.Services.GetServices<IKeptLedger>(), Configs, time, _logger);
        _telemetry = options.Telemetry is { } telemetry ? new TelemetryExport(telemetry) : null;
    }

    /// <summary>The store.</summary>
    public StoreFolder Folder { get; }

    /// <summary>The store's keys. After creating one here, call <see cref="ReloadKeys"/>.</summary>
    public KeyStore KeyStore { get; }

    /// <summary>The store's registrations.</summary>
    public RegistrationStore Registrations { get; }

    /// <summary>What the gateway does.</summary>
    public GatewayMetrics Metrics { get; }

    /// <summary>Files of the exchange log that earlier processes wrote. No exchange that the observers of this one see is in them.</summary>
    public IReadOnlyList<string> EarlierLogFiles => _writer.EarlierFiles;

    /// <summary>Records that this process wrote to its log, and those that it lost.</summary>
    public (long Written, long Dropped) Recorded => (_writer.WrittenCount, _writer.DroppedCount);

    /// <summary>Where it listens, the port filled in.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where the admin API and metrics are served, the port filled in; null for nowhere.</summary>
    public Uri? AdminAddress => _admin?.Address;

    /// <summary>Reads the settings again, for the admin API; null where there are none to read.</summary>
    public Func<IReadOnlyList<ConfigProblem>>? Reload { get; set; }

    /// <summary>Ends when other rules, facts or holds have come into force than those in force now.</summary>
    public Task DecisionsReplaced => _decisions.Replaced;

    /// <summary>The configuration in force.</summary>
    public GatewayConfigSource Configs => _app.Services.GetRequiredService<GatewayConfigSource>();

    /// <summary>Ends when what was used of budgets has been written to the store the next time.</summary>
    public Task BudgetsSaved => _budgets.Saved;

    /// <summary>Ends when something that controls remember has been written to the store the next time.</summary>
    public Task LedgersSaved => _ledgers.Saved;

    /// <summary>Ends when another places file or certificate has come into force than the one in force now.</summary>
    public Task FilesReplaced => Task.WhenAny(_followers.Select(follower => follower.Replaced));

    private DrainSignal Drain => _app.Services.GetRequiredService<DrainSignal>();

    /// <summary>Starts a gateway. When this returns it serves.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <returns>The running gateway.</returns>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayHostOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var host = new GatewayHost(options, time, loggers);
        try
        {
            host._writer.Open();
            host._writing = host._writer.RunAsync();
            await host.StartAdminAsync(loggers, cancellation);
            await host._app.StartAsync(cancellation);
            var addresses = host._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
            host.Address = new Uri(addresses.First());
            ServerLog.Listening(host._logger, addresses.First());
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes keys that this process created or revoked take effect.</summary>
    public void ReloadKeys() => _keys.Reload();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        _telemetry?.Dispose();
        _budgets.Dispose();
        _ledgers.Dispose();
        await _app.DisposeAsync();
        _keys.Dispose();
        _decisions.Dispose();
        _followers.ForEach(follower => follower.Dispose());
        _writer.Dispose();
        _database.Dispose();
    }

    /// <summary>The admin listener stands from before the gateway's does until after it is closed, so that readiness can be asked all the time.</summary>
    private async Task StartAdminAsync(ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (_options.AdminListen is not { } listen)
        {
            return;
        }

        var installation = new AdminInstallation(Folder, _time) { Gateway = Configs, Analysis = _options.Analysis, Reload = () => Reload };
        _admin = await AdminServer.StartAsync(
            new AdminServerOptions
            {
                Listen = listen,
                Tls = _options.AdminTls,
                RequestsPerMinute = _options.AdminRequestsPerMinute,
                Metrics = () => Metrics.ToPrometheusText() + _ledgers.ToPrometheusText() + _options.AnalysisMetrics(),
                AnalysisNote = _options.AnalysisNote,
            },
            installation,
            _app.Services,
            loggers,
            cancellation);
        ServerLog.AdminListening(_logger, _admin.Address.ToString());
    }

    private WebApplication BuildApp(KeyDirectory directory, CurrentDecisions decisions, ILoggerFactory loggers)
    {
        // The empty builder reads no files and no environment: everything that the gateway does stands in its own configuration.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "stillgate" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;

            // The limits stage bounds bodies, and answers in the dialect's shape.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenAt(_options.Listen, _certificate);
        });
        builder.WebHost.UseSockets(sockets =>
        {
            // No stage blocks, and what takes long yields first: a hop to another thread would cost more than the stages do.
            sockets.UnsafePreferInlineScheduling = true;

            // One read call less for each request, for 4 KiB that each open connection holds.
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(_time);
        builder.Services.AddSingleton<IKeyDirectory>(directory);
        builder.Services.AddSingleton(new ControlKeys(Folder.Secret.Span));
        builder.Services.AddSingleton(decisions);
        builder.Services.AddSingleton<IExchangeSink>(new RecorderSink(_queue, _writer));
        builder.Services.AddSingleton(Metrics);
        if (_options.Campaigns is { } campaigns)
        {
            builder.Services.AddSingleton(campaigns);
        }

        builder.Services.AddGateway(_options.Gateway);
        var app = builder.Build();
        app.Use(next => new ReadinessNoteMiddleware(next, _options.AnalysisNote).InvokeAsync);
        app.UseGateway();
        return app;
    }

    private void Follow(CurrentDecisions decisions)
    {
        if (_certificate?.Follow("tls", _logger, _time) is { } certificates)
        {
            _followers.Add(certificates);
        }

        if (_options.PlacesPath is { } places)
        {
            _followers.Add(PlacesFollower.Start(places, decisions, _time, _logger));
        }
    }
}
