using System.Text.Json;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>A logit bias and log-probabilities, kept apart; and how many tokens may be biased at all.</summary>
internal static class BiasControl
{
    public static void Apply(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options)
    {
        var (bias, logprobs) = (envelope.Settings?.LogitBias == true, envelope.Settings?.Logprobs == true && options.Logprobs != ControlMode.On);
        if (!(bias || logprobs) || (options.LogitBiasWithLogprobs == ControlMode.Off && options.LogitBiasTokens == ControlMode.Off))
        {
            return;
        }

        var account = exchange.Key!.Account;
        string[] owners = exchange.Config.Campaigns?.CampaignOf(account) is { } campaign ? ["a:" + account, "c:" + campaign] : ["a:" + account];
        if (options.LogitBiasWithLogprobs != ControlMode.Off && !exchange.Config.Ledger.TryNote(owners, bias, logprobs))
        {
            plan.Judge(options.LogitBiasWithLogprobs, "logit_bias_with_logprobs", Refusal.BiasWithLogprobs);
        }

        // A request that is refused biases nothing.
        if (bias && options.LogitBiasTokens != ControlMode.Off && plan.Refusal is null
            && !exchange.Config.Ledger.TryNoteTokens(owners, TokensOf(exchange.Body!.Memory), options.LogitBiasTokensMax))
        {
            plan.Judge(options.LogitBiasTokens, FormattableString.Invariant($"logit_bias_tokens={options.LogitBiasTokensMax}"), Refusal.BiasTokensSpent);
        }
    }

    /// <summary>The tokens by their names in the request: ids for every provider that there is.</summary>
    private static HashSet<string> TokensOf(ReadOnlyMemory<byte> body)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var range = BodyRewriter.Find(body.Span, ["logit_bias"], out var found);
        if (found is not null)
        {
            using var bias = JsonDocument.Parse(body[range], new JsonDocumentOptions { MaxDepth = EnvelopeParser.DepthMax });
            if (bias.RootElement.ValueKind == JsonValueKind.Object)
            {
                tokens.UnionWith(bias.RootElement.EnumerateObject().Select(member => member.Name));
            }
        }

        return tokens;
    }
}
