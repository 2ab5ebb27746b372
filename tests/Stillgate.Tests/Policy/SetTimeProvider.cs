namespace Stillgate.Tests.Policy;

/// <summary>A wall clock that a test sets; timers and durations run as they do.</summary>
internal sealed class SetTimeProvider(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
