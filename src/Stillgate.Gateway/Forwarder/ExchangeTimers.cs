namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// The clocks of one exchange, on one timer. Before the head of the answer an expiry cancels <see cref="WholeToken"/>, which ends
/// the exchange; after it, it cancels <see cref="ReadToken"/>, which ends only the reading, so that the client can still be told.
/// The timer is armed for the earliest clock and looks again when it fires: a chunk costs one store, not a change of timer.
/// </summary>
internal sealed class ExchangeTimers : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeoutOptions _options;
    private readonly long _began;
    private readonly CancellationTokenSource _whole = new();
    private readonly ITimer _timer;
    private CancellationTokenSource? _read;
    private long _readingSince;
    private int _expired;

    public ExchangeTimers(TimeProvider time, TimeoutOptions options)
    {
        _time = time;
        _options = options;
        _began = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((ExchangeTimers)state!).Look(), this, Earlier(options.FirstByte, options.Total), Timeout.InfiniteTimeSpan);
    }

    public CancellationToken WholeToken => _whole.Token;

    public CancellationToken ReadToken => _read!.Token;

    public TimerExpiry Expired => (TimerExpiry)Volatile.Read(ref _expired);

    /// <summary>The head of the answer is there: from now on gaps are watched.</summary>
    public void BeginBody(CancellationToken clientLeft, CancellationToken drained)
    {
        Volatile.Write(ref _read, CancellationTokenSource.CreateLinkedTokenSource(clientLeft, drained));
        _timer.Change(Earlier(_options.Gap, _options.Total - _time.GetElapsedTime(_began)), Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Elapsed(long since) => _time.GetElapsedTime(since);

    public void BeginRead() => Volatile.Write(ref _readingSince, _time.GetTimestamp());

    public void EndRead() => Volatile.Write(ref _readingSince, 0);

    /// <summary>Nobody wants the answer any more: what waits for its next bytes stops.</summary>
    public void StopReading() => Volatile.Read(ref _read)?.Cancel();

    public void Dispose()
    {
        _timer.Dispose();
        _whole.Dispose();
        _read?.Dispose();
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => TimeSpan.FromTicks(Math.Max(0, Math.Min(a.Ticks, b.Ticks)));

    private void Look()
    {
        try
        {
            var totalLeft = _options.Total - _time.GetElapsedTime(_began);
            if (Volatile.Read(ref _read) is not { } read)
            {
                Volatile.Write(ref _expired, (int)(totalLeft <= TimeSpan.Zero ? TimerExpiry.Total : TimerExpiry.FirstByte));
                _whole.Cancel();
                return;
            }

            var readingSince = Volatile.Read(ref _readingSince);
            var gapLeft = readingSince == 0 ? _options.Gap : _options.Gap - _time.GetElapsedTime(readingSince);
            if (totalLeft > TimeSpan.Zero && gapLeft > TimeSpan.Zero)
            {
                _timer.Change(Earlier(gapLeft, totalLeft), Timeout.InfiniteTimeSpan);
                return;
            }

            Volatile.Write(ref _expired, (int)(totalLeft <= TimeSpan.Zero ? TimerExpiry.Total : TimerExpiry.Gap));
            if (readingSince == 0)
            {
                // Not the provider but the client is what the exchange waits for: there is nobody to tell.
                _whole.Cancel();
            }
            else
            {
                read.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The exchange ended while the timer fired; there is nothing left to cancel.
        }
    }
}
