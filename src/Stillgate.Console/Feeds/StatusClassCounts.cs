namespace Stillgate.WebConsole.Feeds;

/// <summary>Requests by the class of the status that the client was sent.</summary>
/// <param name="Success">200 to 299.</param>
/// <param name="ClientError">400 to 499, refusals and aborts by the client among them.</param>
/// <param name="ServerError">500 and above: the provider or the gateway failed.</param>
/// <param name="Other">Everything else.</param>
public sealed record StatusClassCounts(long Success, long ClientError, long ServerError, long Other)
{
    /// <summary>All of them.</summary>
    public long Total => Success + ClientError + ServerError + Other;
}
