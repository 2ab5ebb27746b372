using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Impact;

/// <summary>The capabilities that a recorded exchange used, by the names that the gateway gives them.</summary>
internal static class ExchangeCapabilities
{
    public static IReadOnlyList<string> Of(ExchangeRecord exchange)
    {
        var settings = exchange.Request.Settings;
        var names = new List<string>();
        void Add(bool isUsed, string name) => names.AddRange(isUsed ? [name] : []);

        Add(settings?.Tools is { Count: > 0 }, "tools");
        Add(settings?.Logprobs == true, "logprobs");
        Add(settings?.LogitBias == true, "logit-bias");
        Add(settings?.Stream == true, "stream");
        Add(exchange.Dialect == Dialects.OpenAiEmbeddings, "embeddings");
        return names;
    }
}
