using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stillgate.Gateway.Routing;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// Probes the providers of the configuration in force. Any answer below 500 is one, since a provider that refuses the probe's path
/// would serve others; what a probe finds acts on the choice of provider and on nothing else.
/// </summary>
internal sealed class ProviderProber(GatewayConfigSource configs, ProviderConnections connections, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    // Looks this often which probe is due; intervals are rounded up to it.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly ILogger _logger = loggers.CreateLogger("Stillgate.Gateway");
    private readonly Dictionary<ProviderHealth, (long At, Task<bool> Probe)> _probes = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var providers = configs.Current.Providers.All;
            foreach (var provider in providers)
            {
                Look(provider, stoppingToken);
            }

            foreach (var gone in _probes.Keys.Except(providers.Where(provider => provider.Options.Probe is not null).Select(provider => provider.Health)).ToList())
            {
                gone.ForgetProbes();
                _probes.Remove(gone);
            }
        }
    }

    private void Look(ProviderState provider, CancellationToken stopping)
    {
        if (provider.Options.Probe is not { } options)
        {
            return;
        }

        // One probe at a time: a provider that hangs must not gather them.
        if (!_probes.TryGetValue(provider.Health, out var last) || (last.Probe.IsCompleted && time.GetElapsedTime(last.At) >= options.Interval))
        {
            _probes[provider.Health] = (time.GetTimestamp(), ProbeAsync(provider, options, stopping));
        }
    }

    private async Task<bool> ProbeAsync(ProviderState provider, ProbeOptions options, CancellationToken stopping)
    {
        var rested = provider.IsResting;
        var answered = await AnswersAsync(provider.Options, options, stopping);
        provider.Health.Probed(answered);
        if (rested != provider.IsResting)
        {
            Log.ProviderProbed(_logger, provider.Options.Name, answered ? "answers again" : "does not answer and is passed over");
        }

        return answered;
    }

    private async Task<bool> AnswersAsync(ProviderOptions provider, ProbeOptions options, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(provider.Address, options.Path.TrimStart('/')));
        HeaderPolicy.AddCredential(request.Headers, EndpointTable.ShapeOf(provider.Dialects[0]), provider.Credential);
        try
        {
            using var response = await connections.Client.SendAsync(request, either.Token);
            return (int)response.StatusCode < 500;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
