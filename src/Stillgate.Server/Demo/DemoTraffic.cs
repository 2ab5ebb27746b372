using System.Globalization;
using System.Net;
using Stillgate.Lab.Replay;
using Stillgate.Lab.StandIn;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Demo;

/// <summary>Replays the composed log so that the gateway sees the log's clock, many client addresses and answers of the log's length.</summary>
internal sealed class DemoTraffic : IDisposable
{
    // Few enough that what is under way lies close together in the log's time.
    private const int LaneCount = 16;
    private readonly HttpClient _client;
    private readonly ReplayRunner _runner;

    /// <summary>Prepares the replay.</summary>
    /// <param name="gateway">Where the gateway listens, on loopback.</param>
    /// <param name="keys">Each account's key.</param>
    /// <param name="clock">Moved on before each request.</param>
    /// <param name="speed">How many times faster than the log; 0 is as fast as it goes.</param>
    public DemoTraffic(Uri gateway, IReadOnlyDictionary<string, string> keys, ReplayClock clock, double speed)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(gateway.Host), gateway.Port);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (context, stopping) => SourceAddress.ConnectAsync(endPoint, context.DnsEndPoint.Host, stopping),
            UseCookies = false,
            UseProxy = false,
        };
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
        _runner = new ReplayRunner(
            _client,
            new ReplayOptions
            {
                Target = gateway,
                Speed = speed,
                LaneCount = LaneCount,
                KeyOf = account => keys[account],
                BeforeSending = (exchange, request) => Prepare(exchange, request, clock),
            },
            TimeProvider.System);
    }

    /// <summary>Sends the log.</summary>
    /// <param name="exchanges">In the order of time.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="stopping">Ends it.</param>
    /// <returns>What became of the requests.</returns>
    public Task<ReplayOutcome> RunAsync(IEnumerable<ExchangeRecord> exchanges, IProgress<ReplayProgress> progress, CancellationToken stopping) =>
        _runner.RunAsync(exchanges, progress, stopping);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static void Prepare(ExchangeRecord exchange, HttpRequestMessage request, ReplayClock clock)
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Host = SourceAddress.HostOf(exchange.Client?.Ip) }.Uri;

        // The stand-in knows no answers: it is told how long the log's answer was, or with what error it ended.
        request.Headers.TryAddWithoutValidation(StandInProvider.Header, exchange.Status is >= 400 and <= 599
            ? string.Create(CultureInfo.InvariantCulture, $"error={exchange.Status}")
            : string.Create(CultureInfo.InvariantCulture, $"tokens={exchange.Response?.OutputTokens ?? 1}"));
        clock.Advance(exchange.At);
    }
}
