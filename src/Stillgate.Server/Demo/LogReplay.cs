using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Stillgate.Lab.StandIn;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Demo;

/// <summary>
/// Sends the exchanges of a log through the gateway as real HTTP requests, each account with its own key, in the order of each
/// account, at a multiple of the log's pace. The log's clock moves on with what is sent.
/// </summary>
internal sealed class LogReplay : IDisposable
{
    private const int SendersCount = 12;
    private const int QueueMax = 8;
    private readonly IReadOnlyDictionary<string, string> _keys;
    private readonly ReplayClock _clock;
    private readonly int _port;
    private readonly HttpClient _client;
    private long _sent;
    private long _failed;

    /// <summary>Creates a replay.</summary>
    /// <param name="gateway">Where the gateway listens.</param>
    /// <param name="keys">Each account's key.</param>
    /// <param name="clock">Moved on before each request.</param>
    public LogReplay(Uri gateway, IReadOnlyDictionary<string, string> keys, ReplayClock clock)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(gateway.Host), gateway.Port);
        (_keys, _clock, _port) = (keys, clock, gateway.Port);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (context, stopping) => SourceAddress.ConnectAsync(endPoint, context.DnsEndPoint.Host, stopping),
            UseCookies = false,
            UseProxy = false,
        };
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Requests sent and answered so far.</summary>
    public long SentCount => Interlocked.Read(ref _sent);

    /// <summary>Requests that could not be sent, or were answered otherwise than the log says.</summary>
    public long FailedCount => Interlocked.Read(ref _failed);

    /// <summary>Sends every exchange.</summary>
    /// <param name="exchanges">In the order of time.</param>
    /// <param name="duration">How long it shall take; it takes longer where the machine cannot keep up.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<ExchangeRecord> exchanges, TimeSpan duration, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var queues = Enumerable.Range(0, SendersCount).Select(_ => Channel.CreateBounded<ExchangeRecord>(QueueMax)).ToArray();
        var senders = queues.Select(queue => SendAllAsync(queue.Reader, ending.Token)).ToArray();
        try
        {
            await DispatchAsync(exchanges, queues, duration, ending.Token);
        }
        finally
        {
            foreach (var queue in queues)
            {
                queue.Writer.Complete();
            }

            await Task.WhenAll(senders);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // One account always has the same sender: its requests keep their order.
    private static async Task DispatchAsync(
        IReadOnlyList<ExchangeRecord> exchanges, Channel<ExchangeRecord>[] queues, TimeSpan duration, CancellationToken stopping)
    {
        var senderOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        for (var index = 0; index < exchanges.Count; index++)
        {
            var due = duration * ((double)index / exchanges.Count);
            var early = due - time.GetElapsedTime(began);
            if (early > TimeSpan.FromMilliseconds(2))
            {
                await Task.Delay(early, time, stopping);
            }

            var exchange = exchanges[index];
            if (!senderOf.TryGetValue(exchange.Account, out var sender))
            {
                senderOf[exchange.Account] = sender = senderOf.Count % queues.Length;
            }

            await queues[sender].Writer.WriteAsync(exchange, stopping);
        }
    }

    private async Task SendAllAsync(ChannelReader<ExchangeRecord> exchanges, CancellationToken stopping)
    {
        await foreach (var exchange in exchanges.ReadAllAsync(CancellationToken.None))
        {
            if (!stopping.IsCancellationRequested)
            {
                await SendAsync(exchange, stopping);
            }
        }
    }

    private async Task SendAsync(ExchangeRecord exchange, CancellationToken stopping)
    {
        using var request = RequestOf(exchange);
        _clock.Advance(exchange.At);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopping);
            await answer.Content.CopyToAsync(Stream.Null, stopping);
            if ((int)answer.StatusCode != exchange.Status)
            {
                Interlocked.Increment(ref _failed);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }

        Interlocked.Increment(ref _sent);
    }

    private HttpRequestMessage RequestOf(ExchangeRecord exchange)
    {
        var isAnthropic = exchange.Dialect == Dialects.AnthropicMessages;
        var host = SourceAddress.HostOf(exchange.Client?.Ip);
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            new UriBuilder(Uri.UriSchemeHttp, host, _port, isAnthropic ? "/v1/messages" : "/v1/chat/completions").Uri)
        {
            Content = new ByteArrayContent(RequestBody.Of(exchange)),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", exchange.Client?.UserAgent);
        if (isAnthropic)
        {
            request.Headers.TryAddWithoutValidation("x-api-key", _keys[exchange.Account]);
            request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _keys[exchange.Account]);
        }

        // The stand-in knows no answers: it is told how long the log's answer was, or with what error it ended.
        request.Headers.TryAddWithoutValidation(StandInProvider.Header, exchange.Status is >= 400 and <= 599
            ? string.Create(CultureInfo.InvariantCulture, $"error={exchange.Status}")
            : string.Create(CultureInfo.InvariantCulture, $"tokens={exchange.Response?.OutputTokens ?? 1}"));
        return request;
    }
}
