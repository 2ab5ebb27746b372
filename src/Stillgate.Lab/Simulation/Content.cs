using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation;

/// <summary>What one request asks and what came back, before it has a time, a client and an account.</summary>
internal sealed record Content
{
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public RequestSettings? Settings { get; init; }

    public required string Answer { get; init; }

    /// <summary>Tokens of reasoning that the answer cost; 0 where the model did not reason.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Whether the request opens a conversation.</summary>
    public bool Opens { get; init; } = true;
}
