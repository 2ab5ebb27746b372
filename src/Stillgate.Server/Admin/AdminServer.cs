using Microsoft.AspNetCore.HostFiltering;
using Stillgate.Gateway.Health;
using Stillgate.Server.Admin.Endpoints;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting;
using Stillgate.Server.Hosting.Tls;

namespace Stillgate.Server.Admin;

/// <summary>
/// The admin listener: the admin API, metrics and health. It has a server, threads and a store connection of its own, so nothing that is done here holds an
/// exchange up. No exchange is served here.
/// </summary>
internal sealed class AdminServer : IAsyncDisposable
{
    private readonly AdminInstallation _installation;
    private readonly AdminGate _gate;
    private readonly AdminMetrics _metrics = new();
    private readonly FileFollower? _certificates;
    private readonly WebApplication _app;

    private AdminServer(AdminServerOptions options, AdminInstallation installation, IServiceProvider gateway, ILoggerFactory loggers)
    {
        _installation = installation;
        var isLoopback = options.Listen.IsLoopback;
        _gate = new AdminGate(installation.AdminKeys, new GuessBrake(installation.Time), options.RequestsPerMinute);
        var certificate = options.Tls is { } tls ? new ServerCertificate(tls) : null;
        var logger = loggers.CreateLogger("Stillgate.Server.Admin");
        _certificates = certificate?.Follow("adminTls", logger, installation.Time);
        _app = Build(options, certificate, loggers);
        _app.Use(next => new ReadinessNoteMiddleware(next, options.AnalysisNote).InvokeAsync);
        _app.Use(next => new AdminErrors(next, _metrics, logger).InvokeAsync);
        _app.UseHealthOf(gateway);
        _app.UseRouting();
        _app.Use(next => context =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<RightNeeded>() is { } needed)
            {
                _gate.Admit(context, needed.Right);
            }

            return next(context);
        });
        MapEndpoints(options, isLoopback);
    }

    /// <summary>Where it listens, the port filled in.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it.</summary>
    /// <param name="options">How it is set.</param>
    /// <param name="installation">What it works on; disposed with it.</param>
    /// <param name="gateway">The gateway's services, for its health.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="OperatorException">It may not listen there, or its certificate cannot be used.</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<AdminServer> StartAsync(
        AdminServerOptions options, AdminInstallation installation, IServiceProvider gateway, ILoggerFactory loggers, CancellationToken cancellation)
    {
        AdminServer server;
        try
        {
            RequireSafe(options, installation);
            server = new AdminServer(options, installation, gateway, loggers);
        }
        catch
        {
            installation.Dispose();
            throw;
        }

        try
        {
            await server._app.StartAsync(cancellation);
            server.Address = new Uri(server._app.Urls.First());
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _certificates?.Dispose();
        _gate.Dispose();
        _installation.Dispose();
    }

    private static void RequireSafe(AdminServerOptions options, AdminInstallation installation)
    {
        if (!options.Listen.IsLoopback && (options.Tls is null || !installation.AdminKeys.HasValid()))
        {
            throw new OperatorException(options.Tls is null
                ? $"adminListen: {options.Listen} is not the loopback address, so it needs https and adminTls"
                : $"adminListen: {options.Listen} is not the loopback address, so an admin key must be there first: stillgate admin key create --role owner --name NAME --store DIR");
        }
    }

    private static WebApplication Build(AdminServerOptions options, ServerCertificate? certificate, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "stillgate" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 256;

            // Bodies are bounded where they are read, with a problem that says so.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenAt(options.Listen, certificate);
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default));
        AdminDocument.Add(builder.Services);
        if (options.Listen.IsLoopback)
        {
            // A page on another site must not reach it by pointing its own name at 127.0.0.1.
            builder.Services.Configure<HostFilteringOptions>(filtering => filtering.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", options.Listen.Host]);
        }

        var app = builder.Build();
        if (options.Listen.IsLoopback)
        {
            app.UseHostFiltering();
        }

        return app;
    }

    private void MapEndpoints(AdminServerOptions options, bool isLoopback)
    {
        KeyEndpoints.Map(_app, _installation);
        AdminKeyEndpoints.Map(_app, _installation);
        CustomerEndpoints.Map(_app, _installation);
        HoldEndpoints.Map(_app, _installation);
        PolicyEndpoints.Map(_app, _installation);
        DecisionEndpoints.Map(_app, _installation);
        AnalysisEndpoints.Map(_app, _installation);
        InstallationEndpoints.Map(_app, _installation);
        AdminDocument.Map(_app);

        // A scraper on the machine itself needs no key: no name that a client chose is in the metrics.
        var metrics = _app.MapGet("/metrics", () => Results.Text(options.Metrics() + _metrics.ToPrometheusText(), "text/plain; version=0.0.4")).ExcludeFromDescription();
        if (!isLoopback)
        {
            metrics.WithMetadata(new RightNeeded(AdminRight.Read));
        }

        _app.MapFallback(string () => throw AdminException.Missing("There is nothing at this address; GET /admin/v1/openapi.json lists what there is.")).ExcludeFromDescription();
    }
}
