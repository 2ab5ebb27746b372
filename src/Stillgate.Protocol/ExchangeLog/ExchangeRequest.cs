namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What was asked of the model.</summary>
public sealed record ExchangeRequest
{
    /// <summary>A request of which nothing was kept.</summary>
    public static ExchangeRequest Empty { get; } = new();

    /// <summary>The conversation as sent, oldest first; null where the log keeps no content.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>What the client set, or null.</summary>
    public RequestSettings? Settings { get; init; }
}
