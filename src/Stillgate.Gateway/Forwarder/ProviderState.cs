namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// A provider and how it has been doing. After <see cref="FailuresMax"/> failures in a row it gets no requests for
/// <see cref="Rest"/>; then requests find out. Only failures to answer count: a 4xx is an answer.
/// </summary>
internal sealed class ProviderState(ProviderOptions options, TimeProvider time)
{
    public const int FailuresMax = 3;
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private int _failures;
    private long _restingSince;

    public ProviderOptions Options => options;

    public bool IsResting => Volatile.Read(ref _failures) >= FailuresMax && time.GetElapsedTime(Volatile.Read(ref _restingSince)) < Rest;

    public void Succeeded() => Volatile.Write(ref _failures, 0);

    public void Failed()
    {
        Volatile.Write(ref _restingSince, time.GetTimestamp());
        Interlocked.Increment(ref _failures);
    }
}
