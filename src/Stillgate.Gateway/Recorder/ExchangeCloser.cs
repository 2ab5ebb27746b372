using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Telemetry;

namespace Stillgate.Gateway.Recorder;

/// <summary>
/// Reads, settles and records exchanges after they have ended, so that no client waits for it. One worker takes them in order from
/// a queue that is bounded in number and in bytes; where it is full, the request that ended does its own part before it returns:
/// that slows new work down rather than losing a record.
/// </summary>
public sealed class ExchangeCloser : IAsyncDisposable
{
    /// <summary>Most exchanges that wait.</summary>
    public const int WaitingMax = 16_384;

    /// <summary>Most bytes of requests and answers that wait with them.</summary>
    public const long WaitingBytesMax = 256L << 20;

    // While exchanges keep ending the worker lets them gather for so long: a wake-up for each would cost more than closing it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SettleWaitMax = TimeSpan.FromSeconds(1);
    private readonly Channel<(ClosedExchange Closed, TaskCompletionSource? Reached)> _waiting =
        Channel.CreateBounded<(ClosedExchange, TaskCompletionSource?)>(new BoundedChannelOptions(WaitingMax) { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IExchangeSink _sink;
    private readonly GatewayMetrics _metrics;
    private readonly ExchangeTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _waitingBytes;
    private long _closedByRequests;
    private int _asleep;

    /// <summary>Creates the closer and starts its worker.</summary>
    /// <param name="sink">Takes the records.</param>
    /// <param name="metrics">Counts ends and tokens.</param>
    /// <param name="names">The names of what telemetry is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Told of faults.</param>
    public ExchangeCloser(IExchangeSink sink, GatewayMetrics metrics, GenAiNames names, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        _telemetry = new ExchangeTelemetry(names);
        (_sink, _metrics, _time) = (sink, metrics, time);
        _logger = loggers.CreateLogger("Stillgate.Gateway");


        // A thread of its own: on the pool each pause would cost a timer, a wake-up and the pool's search for more work.
        new Thread(Run) { IsBackground = true, Name = "stillgate closer" }.Start();
    }

    /// <summary>Exchanges that the requests closed themselves because the worker was behind.</summary>
    public long ClosedByRequestsCount => Interlocked.Read(ref _closedByRequests);

    /// <summary>Closes what waits and takes nothing more.</summary>
    /// <returns>A task that ends when every record has been handed on.</returns>
    public Task CompleteAsync()
    {
        _waiting.Writer.TryComplete();
        _wake.Set();
        return _ended.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CompleteAsync();
        _wake.Dispose();
        _telemetry.Dispose();
    }

    internal void Post(in ClosedExchange closed)
    {
        var bytes = closed.HeldBytes;
        if (Interlocked.Add(ref _waitingBytes, bytes) <= WaitingBytesMax && _waiting.Writer.TryWrite((closed, null)))
        {
            WakeIfAsleep();
            return;
        }

        Interlocked.Add(ref _waitingBytes, -bytes);
        Interlocked.Increment(ref _closedByRequests);
        Close(closed);
    }

    /// <summary>Waits until everything that has ended by now is settled, for a while at most.</summary>
    internal async Task WhenSettledAsync(CancellationToken cancellation)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.Writer.TryWrite((default, reached)))
        {
            return;
        }

        _wake.Set();
        try
        {
            await reached.Task.WaitAsync(SettleWaitMax, _time, cancellation);
        }
        catch (TimeoutException)
        {
            // The worker is far behind: the caller goes by what is settled.
        }
    }

    private void WakeIfAsleep()
    {
        // The write of the exchange must be seen before the flag is read, as the worker raises the flag before it looks once more.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _wake.Set();
        }
    }

    private void Run()
    {
        while (!_waiting.Reader.Completion.IsCompleted)
        {
            if (CloseWaiting())
            {
                _wake.WaitOne(Pause);
                continue;
            }

            Interlocked.Exchange(ref _asleep, 1);
            if (!_waiting.Reader.TryPeek(out _) && !_waiting.Reader.Completion.IsCompleted)
            {
                _wake.WaitOne();
            }

            Volatile.Write(ref _asleep, 0);
        }

        _ended.SetResult();
    }

    /// <summary>Closes everything that waits; false where nothing did.</summary>
    private bool CloseWaiting()
    {
        var any = false;
        while (_waiting.Reader.TryRead(out var next))
        {
            any = true;
            if (next.Reached is not null)
            {
                next.Reached.TrySetResult();
                continue;
            }

            // Rare: a provider that compresses. What feeds the tap has been told that no more comes.
            next.Closed.Exchange.Decoding?.Wait();
            Interlocked.Add(ref _waitingBytes, -next.Closed.HeldBytes);
            Close(next.Closed);
        }

        return any;
    }

    private void Close(in ClosedExchange closed)
    {
        var exchange = closed.Exchange;
        try
        {
            if (exchange.Tap is { } tap)
            {
                tap.Read();
                if (tap.Accumulator.HasError)
                {
                    exchange.FailedInside();
                }
            }

            if (exchange.ServedTurn is { } turn && exchange.End == ExchangeEnd.Complete && exchange.Tap is { IsCut: false } whole)
            {
                turn.Note(whole.Accumulator.ToResponse().Text ?? "");
            }

            exchange.Reservation?.Settle(BudgetUse.Of(exchange));
            var record = RecordComposer.Compose(closed);
            _metrics.Counters.Count(record.Dialect, exchange.End, closed.Duration, record.Response?.InputTokens ?? 0, record.Response?.OutputTokens ?? 0);
            _telemetry.Closed(closed, record);
            _sink.TryWrite(record);
        }
        catch (Exception fault)
        {
            // One exchange must not stop the others from being recorded. The message may quote content.
            _metrics.RecordLost();
            Log.CloseFailed(_logger, exchange.Id, fault.GetType().FullName!, fault.StackTrace);
        }
        finally
        {
            exchange.Tap?.Dispose();
            exchange.Body?.Dispose();
        }
    }
}
