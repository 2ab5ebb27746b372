using Microsoft.AspNetCore.HostFiltering;
using Stillgate.Server.Commands;
using Stillgate.WebConsole;
using Stillgate.WebConsole.Feeds;

namespace Stillgate.Server.Hosting;

/// <summary>The console on an address of its own, apart from the gateway's listener.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ConsoleServer(WebApplication application, Uri address)
    {
        _application = application;
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
    public static async Task<ConsoleServer> StartAsync(
        Uri listen, IAnalysisFeed analysis, ITrafficFeed traffic, ConsoleOptions options, Action<ILoggingBuilder> logging, CancellationToken stopping)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(listen.ToString());
        logging(builder.Logging);
        builder.Services.AddStillgateConsole(analysis, traffic, options);
        builder.Services.Configure<HostFilteringOptions>(filtering => filtering.AllowedHosts = AllowedHosts(listen));
        var application = builder.Build();
        application.UseHostFiltering();
        application.MapStillgateConsole();
        try
        {
            await application.StartAsync(stopping);
        }
        catch (IOException cause)
        {
            await application.DisposeAsync();
            throw new OperatorException($"the console cannot listen on {listen}: {cause.Message}");
        }

        return new ConsoleServer(application, new Uri(application.Urls.First()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    // A page on another site must not reach a console on loopback by pointing its own name at 127.0.0.1.
    private static List<string> AllowedHosts(Uri listen) =>
        listen.IsLoopback ? ["localhost", "127.0.0.1", "[::1]", listen.Host] : ["*"];
}
