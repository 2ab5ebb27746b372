using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>Acts on what may leave. Every change is announced in a response header and stands in the record; nothing is silently altered.</summary>
internal sealed class ControlsMiddleware(RequestDelegate next, ConversationControl conversations, BiasControl biases, ExchangeCloser closer)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        if (exchange.Envelope is not { } envelope)
        {
            return next(context);
        }

        var obligations = exchange.Decision?.Obligations;
        var book = exchange.Config.Controls;
        var options = book.Of(obligations?.Tier ?? book.TierOf(exchange.Key!), envelope.Model);
        options = obligations?.Tighten(options) ?? options;
        return options.IsAnyOn ? ControlAsync(context, exchange, envelope, options) : GoOnAsync(context, exchange, envelope);
    }

    private async Task ControlAsync(HttpContext context, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options)
    {
        var plan = ControlPlan.Of(envelope, options);
        try
        {
            if (!TryPlan(plan, exchange, envelope, options, isSettled: false))
            {
                // The answer that comes back may have ended but a moment ago.
                await closer.WhenSettledAsync(context.RequestAborted);
                TryPlan(plan, exchange, envelope, options, isSettled: true);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A name or a value that is not valid Unicode: it can be walked but not read, and so not controlled.
            plan.Refuse(Refusal.BodyNotJson);
        }

        if (plan.Changes.Count > 0)
        {
            exchange.Changes = plan.Changes;
        }

        if (plan.Refusal is { } refusal)
        {
            await RefusalWriter.RefuseAsync(context, exchange, refusal);
            return;
        }

        (exchange.ChoicesCap, exchange.OutputCap) = (plan.ChoicesCap, plan.OutputCap);
        if (plan.Edits.Count > 0)
        {
            exchange.ForwardedBody = BodyRewriter.Rewrite(exchange.Body!.Memory.Span, plan.Edits);
        }

        await GoOnAsync(context, exchange, envelope);
    }

    /// <summary>False where the conversation is not known yet; nothing has been planned or noted then.</summary>
    private bool TryPlan(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options, bool isSettled)
    {
        var chain = conversations.Read(exchange, envelope, options);
        if (chain is not null && !conversations.TryFreeze(plan, exchange, envelope, options, chain, isSettled))
        {
            return false;
        }

        if (plan.Refusal is not null)
        {
            // What is refused is neither noted nor changed.
            return true;
        }

        biases.Apply(plan, exchange, envelope, options);
        EmbeddingControl.Apply(plan, exchange, envelope, options);
        if (chain is not null)
        {
            conversations.Restore(plan, exchange, envelope, options, chain);
        }

        ReasoningControl.Apply(plan, exchange, envelope, options, conversations.SealerOf(options, chain));
        return true;
    }

    private Task GoOnAsync(HttpContext context, ExchangeFeature exchange, RequestEnvelope envelope)
    {
        if (UsageAsking.IsNeeded(exchange, envelope))
        {
            UsageAsking.Apply(exchange, envelope);
        }

        return next(context);
    }
}
