namespace Stillgate.Gateway.Recorder;

/// <summary>Counts what the gateway does. Written on the live path without locks; read as a snapshot.</summary>
public sealed class GatewayMetrics
{
    private const int SecondsKept = 300;

    // A slot holds its second and its count in one word, so that a slot is taken over for a new second in one exchange.
    private readonly long[] _seconds = new long[SecondsKept + 2];
    private readonly long[] _endedByClass = new long[5];
    private readonly TimeProvider _time;
    private readonly Func<RecorderCounts> _recorder;
    private readonly long _startTimestamp;
    private int _activeExchanges;
    private int _activeStreams;
    private long _lost;
    private long _reloadsApplied;
    private long _reloadsRefused;
    private TaskCompletionSource? _idle;

    /// <summary>Creates the counters; their clock starts now.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="recorder">Asked for the records' counts at each snapshot.</param>
    public GatewayMetrics(TimeProvider time, Func<RecorderCounts> recorder)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _recorder = recorder;
        _startTimestamp = time.GetTimestamp();
    }

    internal ExchangeCounters Counters { get; } = new();

    /// <summary>Requests that are being served now.</summary>
    public int ActiveExchanges => Volatile.Read(ref _activeExchanges);

    /// <summary>Takes a snapshot.</summary>
    /// <returns>The counts as they stand.</returns>
    public GatewayMetricsSnapshot Snapshot()
    {
        var counts = _recorder();
        return new GatewayMetricsSnapshot
        {
            RequestsPerSecond = LastSeconds(),
            EndedByStatusClass = [.. _endedByClass.Select((_, index) => Interlocked.Read(ref _endedByClass[index]))],
            ActiveExchanges = ActiveExchanges,
            ActiveStreams = Volatile.Read(ref _activeStreams),
            RecordsWritten = counts.Written,
            RecordsDropped = counts.Dropped + Interlocked.Read(ref _lost),
            Uptime = _time.GetElapsedTime(_startTimestamp),
        };
    }

    /// <summary>Waits until no request is being served. Once asked, it is told at the first such moment.</summary>
    /// <returns>A task that ends then.</returns>
    public Task WhenIdleAsync()
    {
        var idle = Interlocked.CompareExchange(ref _idle, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? _idle;
        if (ActiveExchanges == 0)
        {
            idle.TrySetResult();
        }

        return idle.Task;
    }

    /// <summary>The counts in Prometheus' text format, version 0.0.4. No label holds anything that a client named.</summary>
    /// <returns>Lines that each end in a line feed.</returns>
    public string ToPrometheusText()
    {
        var snapshot = Snapshot();
        var text = new System.Text.StringBuilder(4096);
        Counters.Write(text);
        ExchangeCounters.Gauge(text, "stillgate_exchanges_active", "gauge", "Exchanges under way.", snapshot.ActiveExchanges);
        ExchangeCounters.Gauge(text, "stillgate_streams_active", "gauge", "Streams under way.", snapshot.ActiveStreams);
        ExchangeCounters.Gauge(text, "stillgate_records_written_total", "counter", "Records written to the exchange log.", snapshot.RecordsWritten);
        ExchangeCounters.Gauge(text, "stillgate_records_dropped_total", "counter", "Records dropped because they could not be written.", snapshot.RecordsDropped);
        ExchangeCounters.Gauge(text, "stillgate_config_reloads_applied_total", "counter", "Configurations that were put in force while running.", Interlocked.Read(ref _reloadsApplied));
        ExchangeCounters.Gauge(text, "stillgate_config_reloads_refused_total", "counter", "Configurations that were wrong and changed nothing.", Interlocked.Read(ref _reloadsRefused));
        ExchangeCounters.Gauge(text, "stillgate_uptime_seconds", "gauge", "Time since the start.", snapshot.Uptime.TotalSeconds);
        return text.ToString();
    }

    /// <summary>Counts a reload of the configuration.</summary>
    /// <param name="applied">Whether it is in force; otherwise nothing changed.</param>
    public void ConfigReloaded(bool applied) => Interlocked.Increment(ref applied ? ref _reloadsApplied : ref _reloadsRefused);

    internal void ExchangeBegan()
    {
        Interlocked.Increment(ref _activeExchanges);
        CountInSecond(CurrentSecond());
    }

    internal void ExchangeEnded(int status)
    {
        Interlocked.Increment(ref _endedByClass[Math.Clamp((status / 100) - 1, 0, 4)]);
        if (Interlocked.Decrement(ref _activeExchanges) == 0)
        {
            Volatile.Read(ref _idle)?.TrySetResult();
        }
    }

    internal void RecordLost() => Interlocked.Increment(ref _lost);

    internal void StreamBegan() => Interlocked.Increment(ref _activeStreams);

    internal void StreamEnded() => Interlocked.Decrement(ref _activeStreams);

    private long CurrentSecond() => (long)_time.GetElapsedTime(_startTimestamp).TotalSeconds;

    private void CountInSecond(long second)
    {
        ref var slot = ref _seconds[second % _seconds.Length];
        while (true)
        {
            var seen = Interlocked.Read(ref slot);
            var next = seen >> 32 == second ? seen + 1 : (second << 32) | 1;
            if (Interlocked.CompareExchange(ref slot, next, seen) == seen)
            {
                return;
            }
        }
    }

    private int[] LastSeconds()
    {
        var counts = new int[SecondsKept];
        var current = CurrentSecond();
        for (var i = 0; i < SecondsKept; i++)
        {
            var second = current - SecondsKept + i;
            if (second >= 0)
            {
                var slot = Interlocked.Read(ref _seconds[second % _seconds.Length]);
                counts[i] = slot >> 32 == second ? (int)(slot & 0xFFFFFFFF) : 0;
            }
        }

        return counts;
    }
}
