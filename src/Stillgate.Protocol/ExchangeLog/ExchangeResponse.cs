namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What the model returned.</summary>
public sealed record ExchangeResponse
{
    /// <summary>The answer's text, or null in a log kept without content.</summary>
    public string? Text { get; init; }

    /// <summary>The reasoning that was shown to the client, or null.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Why the model stopped, in the dialect's own word.</summary>
    public string? Finish { get; init; }

    /// <summary>Tokens of the request, as the provider billed them.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Tokens of the answer, reasoning included, as the provider billed them.</summary>
    public int? OutputTokens { get; init; }

    /// <summary>Tokens of reasoning among the output tokens.</summary>
    public int? ReasoningTokens { get; init; }
}
