using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Decisions;

/// <summary>The capabilities that a request uses, as rules name them. Every combination stands ready, so that telling them allocates nothing.</summary>
internal static class Capabilities
{
    private static readonly string[] Names = ["tools", "logprobs", "logit-bias", "stream", "embeddings"];
    private static readonly string[][] Combinations =
        [.. Enumerable.Range(0, 1 << Names.Length).Select(set => Names.Where((_, bit) => (set & (1 << bit)) != 0).ToArray())];

    public static IReadOnlyList<string> Of(RequestEnvelope envelope)
    {
        var settings = envelope.Settings;
        var set = (settings?.Tools is { Count: > 0 } ? 1 : 0)
            | (settings?.Logprobs == true ? 2 : 0)
            | (settings?.LogitBias == true ? 4 : 0)
            | (envelope.IsStream ? 8 : 0)
            | (envelope.Dialect == Dialects.OpenAiEmbeddings ? 16 : 0);
        return Combinations[set];
    }
}
