using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>
/// An OpenAI stream says what it cost only where the client asked for it. Where a budget counts tokens the gateway asks in its
/// place and leaves the chunk that the client did not ask for out of the answer; both are announced.
/// </summary>
internal static class UsageAsking
{
    private static readonly string[] Words = ["added:stream_options.include_usage", ChangeWords.UsageChunkStripped];

    public static bool IsNeeded(ExchangeFeature exchange, RequestEnvelope envelope) =>
        exchange.Config.Budgets.CountsTokens && envelope is { IsStream: true, AsksForUsage: false, Dialect: Dialects.OpenAiChat or Dialects.OpenAiCompletions };

    public static void Apply(ExchangeFeature exchange, RequestEnvelope envelope)
    {
        var body = exchange.Body!.Memory.Span;
        exchange.ForwardedBody = envelope.AskForUsage(body, exchange.ForwardedBody is { } changed ? changed : body);
        exchange.Changes = exchange.Changes is { } others ? [.. others, .. Words] : Words;
        exchange.StripsUsage = true;
    }
}
