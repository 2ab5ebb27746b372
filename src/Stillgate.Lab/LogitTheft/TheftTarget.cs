namespace Stillgate.Lab.LogitTheft;

/// <summary>The gateway that an attack goes through; disposing it stops the gateway.</summary>
/// <param name="address">Where it listens; loopback.</param>
/// <param name="keys">A key of each account.</param>
/// <param name="stop">Stops it.</param>
public sealed class TheftTarget(Uri address, IReadOnlyList<string> keys, Func<ValueTask> stop) : IAsyncDisposable
{
    /// <summary>Where it listens.</summary>
    public Uri Address => address;

    /// <summary>A key of each account.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stop();
}
