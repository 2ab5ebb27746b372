namespace Stillgate.Tests.Gateway.Ledgers;

/// <summary>Both clocks, moved by the test; the timers are the system's.</summary>
internal sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What the machine has run for, which a restart of it begins anew.</summary>
    public TimeSpan Running { get; set; } = TimeSpan.FromMinutes(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Running.Ticks;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Pass(TimeSpan time) => (Now, Running) = (Now + time, Running + time);
}
