using System.Text.Json;
using Stillgate.Gateway.Controls.Ledgers;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>A logit bias and log-probabilities, kept apart; and how many tokens may be biased at all.</summary>
internal sealed class BiasControl(LogitBiasLedger ledger, BiasHashes hashes)
{
    public void Apply(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options)
    {
        var (bias, logprobs) = (envelope.Settings?.LogitBias == true, envelope.Settings?.Logprobs == true && options.Logprobs != ControlMode.On);
        if (!(bias || logprobs) || (options.LogitBiasWithLogprobs == ControlMode.Off && options.LogitBiasTokens == ControlMode.Off))
        {
            return;
        }

        var account = exchange.Key!.Account;
        ReadOnlySpan<UInt128> owners = exchange.Config.Campaigns?.CampaignOf(account) is { } campaign ? [hashes.OfAccount(account), hashes.OfCampaign(campaign)] : [hashes.OfAccount(account)];
        if (options.LogitBiasWithLogprobs != ControlMode.Off && !ledger.TryNote(owners, bias, logprobs, options.LogitBiasWindow))
        {
            plan.Judge(options.LogitBiasWithLogprobs, "logit_bias_with_logprobs", Refusal.BiasWithLogprobs);
        }

        // A request that is refused biases nothing.
        if (bias && options.LogitBiasTokens != ControlMode.Off && plan.Refusal is null
            && !TryNoteTokens(owners, TokensOf(exchange.Body!.Memory), options))
        {
            plan.Judge(options.LogitBiasTokens, FormattableString.Invariant($"logit_bias_tokens={options.LogitBiasTokensMax}"), Refusal.BiasTokensSpent);
        }
    }

    // More than the bound in one request need not be hashed to be refused.
    private bool TryNoteTokens(ReadOnlySpan<UInt128> owners, HashSet<string> tokens, ControlOptions options) =>
        tokens.Count <= options.LogitBiasTokensMax && ledger.TryNoteTokens(owners, [.. tokens.Select(hashes.OfToken)], options.LogitBiasTokensMax, options.LogitBiasWindow);

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
