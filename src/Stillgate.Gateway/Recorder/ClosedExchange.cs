namespace Stillgate.Gateway.Recorder;

/// <summary>An exchange that is over for the client and still has to be read, settled and recorded. Nothing of it is the request's any more.</summary>
/// <param name="Exchange">What the stages learnt.</param>
/// <param name="Status">The HTTP status that the client got.</param>
/// <param name="Duration">From the request's arrival to its end.</param>
/// <param name="UserAgent">As the client named itself, or null.</param>
/// <param name="TraceParent">The client's trace, or null.</param>
internal readonly record struct ClosedExchange(ExchangeFeature Exchange, int Status, TimeSpan Duration, string? UserAgent, string? TraceParent)
{
    /// <summary>Bytes that are held until the exchange is recorded.</summary>
    public long HeldBytes => (Exchange.Body?.Memory.Length ?? 0) + (Exchange.Tap?.HeldBytes ?? 0);
}
