namespace Stillgate.Gateway.Forwarder;

/// <summary>Tells running exchanges that the time given to them for the gateway's stop is over.</summary>
public sealed class DrainSignal : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private int _draining;

    /// <summary>Whether the gateway is being stopped: it is not ready, but what runs goes on.</summary>
    public bool IsDraining => Volatile.Read(ref _draining) == 1;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    internal CancellationToken OverToken => _over.Token;

    /// <summary>The stop begins.</summary>
    public void Begin() => Volatile.Write(ref _draining, 1);

    /// <summary>The time is over: every stream that still runs is ended with an error event.</summary>
    public void End() => _over.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
