using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>Acts on what may leave. Every change is announced in a response header and stands in the record; nothing is silently altered.</summary>
internal sealed class ControlsMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        if (exchange.Envelope is not { } envelope)
        {
            return next(context);
        }

        var configured = exchange.Config.Options.Controls;
        var options = exchange.Decision?.Obligations is { } obligations ? obligations.Tighten(configured) : configured;
        if (options.IsAnyOn && Apply(ControlPlan.Of(envelope, exchange.Key!.Account, options, exchange.Config.Ledger), exchange) is { } refusal)
        {
            return RefusalWriter.RefuseAsync(context, exchange, refusal);
        }

        if (UsageAsking.IsNeeded(exchange, envelope))
        {
            UsageAsking.Apply(exchange, envelope);
        }

        return next(context);
    }

    private static Refusal? Apply(ControlPlan plan, ExchangeFeature exchange)
    {
        if (plan.Changes.Count > 0)
        {
            exchange.Changes = plan.Changes;
        }

        if (plan.Refusal is null && plan.Edits.Count > 0)
        {
            exchange.ForwardedBody = BodyRewriter.Rewrite(exchange.Body!.Memory.Span, plan.Edits);
        }

        return plan.Refusal;
    }
}
