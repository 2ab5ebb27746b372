using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>Acts on what may leave. Every change is announced in a response header and stands in the record; nothing is silently altered.</summary>
internal sealed class ControlsMiddleware(RequestDelegate next, ControlOptions options, LogitBiasLedger ledger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        var floor = exchange.Decision?.Obligations is { } obligations ? obligations.Tighten(options) : options;
        if (!floor.IsAnyOn || exchange.Envelope is not { } envelope)
        {
            return next(context);
        }

        var plan = ControlPlan.Of(envelope, exchange.Key!.Account, floor, ledger);
        if (plan.Changes.Count > 0)
        {
            exchange.Changes = plan.Changes;
        }

        if (plan.Refusal is { } refusal)
        {
            return RefusalWriter.RefuseAsync(context, exchange, refusal);
        }

        if (plan.Edits.Count > 0)
        {
            exchange.ForwardedBody = BodyRewriter.Rewrite(exchange.Body!.Memory.Span, plan.Edits);
        }

        return next(context);
    }
}
