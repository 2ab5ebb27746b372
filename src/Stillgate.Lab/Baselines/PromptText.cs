using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>What a baseline reads of a request: the system prompt, where there is one, and the last message.</summary>
internal static class PromptText
{
    private const int LengthMax = 4_000;

    /// <summary>At most 4,000 characters of it, or null where the log kept no content.</summary>
    public static string? Of(ExchangeRecord exchange)
    {
        if (exchange.Request.Messages is not { Count: > 0 } messages)
        {
            return null;
        }

        var last = messages[^1].Content;
        var text = messages.Count > 1 && messages[0].Role == "system" ? $"{messages[0].Content}\n{last}" : last;
        return text.Length <= LengthMax ? text : text[..LengthMax];
    }
}
