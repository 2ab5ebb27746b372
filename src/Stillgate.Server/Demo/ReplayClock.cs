namespace Stillgate.Server.Demo;

/// <summary>
/// The log's time, moved on by whoever replays it, so that days of a log pass in seconds and the records and the analysis see the
/// times that stand in the log. Durations, timers and timeouts stay those of the machine.
/// </summary>
internal sealed class ReplayClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves the clock on; it never goes back.</summary>
    /// <param name="to">The time of the exchange that is sent next.</param>
    public void Advance(DateTimeOffset to)
    {
        var wanted = to.UtcTicks;
        var seen = Interlocked.Read(ref _ticks);
        while (wanted > seen)
        {
            var found = Interlocked.CompareExchange(ref _ticks, wanted, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
