using Microsoft.AspNetCore.HostFiltering;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting.Tls;
using Stillgate.WebConsole;
using Stillgate.WebConsole.Feeds;

namespace Stillgate.Server.Hosting;

/// <summary>The console on an address of its own, apart from the gateway's listener.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private readonly FileFollower? _certificates;

    private ConsoleServer(WebApplication application, FileFollower? certificates, Uri address)
    {
        _application = application;
        _certificates = certificates;
        Address = address;
    }

    /// <summary>Where it listens, with the port that was given out.</summary>
    public Uri Address { get; }

    /// <summary>Starts the console.</summary>
    /// <param name="listen">Address to listen on; port 0 takes a free one.</param>
    /// <param name="analysis">What the analysis has found.</param>
    /// <param name="traffic">What passes through the gateway.</param>
    /// <param name="options">What the console says of its installation.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="stopping">Ends the start.</param>
    /// <exception cref="OperatorException">The address is taken or not ours.</exception>
    public static Task<ConsoleServer> StartAsync(
        Uri listen, IAnalysisFeed analysis, ITrafficFeed traffic, ConsoleOptions options, Action<ILoggingBuilder> logging, CancellationToken stopping) =>
        StartAsync(listen, ConsoleAccess.OpenOnLoopback, analysis, traffic, options, logging, TimeProvider.System, stopping);

    /// <summary>Starts the console for those who may read it.</summary>
    /// <param name="listen">Address to listen on; port 0 takes a free one.</param>
    /// <param name="access">Who may read it, and how it is reached.</param>
    /// <param name="analysis">What the analysis has found.</param>
    /// <param name="traffic">What passes through the gateway.</param>
    /// <param name="options">What the console says of its installation.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="time">The clock of its sessions.</param>
    /// <param name="stopping">Ends the start.</param>
    /// <exception cref="OperatorException">The address is taken or not ours, or is open to others than may read it.</exception>
    public static async Task<ConsoleServer> StartAsync(
        Uri listen,
        ConsoleAccess access,
        IAnalysisFeed analysis,
        ITrafficFeed traffic,
        ConsoleOptions options,
        Action<ILoggingBuilder> logging,
        TimeProvider time,
        CancellationToken stopping)
    {
        if (!listen.IsLoopback && (access.SignIn is null || access.Tls is null))
        {
            throw new OperatorException($"the console cannot be served on {listen}: other machines reach it there, so it needs https, adminTls and an admin key to sign in with");
        }

        if (listen.Scheme == "https" != access.Tls is not null)
        {
            throw new OperatorException("console: https and adminTls go together");
        }

        var certificate = access.Tls is { } tls ? new ServerCertificate(tls) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAt(listen, certificate);
        });
        logging(builder.Logging);
        builder.Services.AddSingleton(time);
        if (access.SignIn is { } signIn)
        {
            builder.Services.AddStillgateConsoleSignIn(signIn);
        }

        builder.Services.AddStillgateConsole(analysis, traffic, options);
        builder.Services.Configure<HostFilteringOptions>(filtering => filtering.AllowedHosts = AllowedHosts(listen));
        var application = builder.Build();
        var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Stillgate.Server");
        FileFollower? certificates = null;
        application.UseHostFiltering();
        application.MapStillgateConsole();
        try
        {
            certificates = certificate?.Follow("adminTls", logger, time);
            await application.StartAsync(stopping);
        }
        catch (Exception cause) when (cause is IOException or OperatorException)
        {
            certificates?.Dispose();
            await application.DisposeAsync();
            throw cause is OperatorException ? cause : new OperatorException($"the console cannot listen on {listen}: {cause.Message}");
        }

        return new ConsoleServer(application, certificates, new Uri(application.Urls.First()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _certificates?.Dispose();
    }

    // A page on another site must not reach a console on loopback by pointing its own name at 127.0.0.1.
    private static List<string> AllowedHosts(Uri listen) =>
        listen.IsLoopback ? ["localhost", "127.0.0.1", "[::1]", listen.Host] : ["*"];
}
