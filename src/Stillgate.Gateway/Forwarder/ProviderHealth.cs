namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// How a provider has been doing. After <see cref="FailuresMax"/> failures in a row it gets no requests for <see cref="Rest"/>;
/// then requests find out. Only failures to answer count: a 4xx is an answer. Where probes run, one that fails as often keeps it
/// resting for as long as they fail, and the first that succeeds brings it back at once.
/// </summary>
internal sealed class ProviderHealth(TimeProvider time)
{
    public const int FailuresMax = 3;
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private int _failures;
    private int _probeFailures;
    private long _restingSince;

    public bool IsResting => Volatile.Read(ref _probeFailures) >= FailuresMax
        || (Volatile.Read(ref _failures) >= FailuresMax && time.GetElapsedTime(Volatile.Read(ref _restingSince)) < Rest);

    public void Succeeded()
    {
        // Read first: the line is shared by every request, and it almost never has to change.
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }
    }

    public void Failed()
    {
        Volatile.Write(ref _restingSince, time.GetTimestamp());
        Interlocked.Increment(ref _failures);
    }

    /// <summary>A probe has been answered, or not.</summary>
    public void Probed(bool answered)
    {
        if (answered)
        {
            Volatile.Write(ref _probeFailures, 0);
            Volatile.Write(ref _failures, 0);
        }
        else
        {
            Interlocked.Increment(ref _probeFailures);
        }
    }

    /// <summary>No probes run any more: what they said counts no longer.</summary>
    public void ForgetProbes() => Volatile.Write(ref _probeFailures, 0);
}
