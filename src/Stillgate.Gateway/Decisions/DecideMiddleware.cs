using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Refusals;
using Stillgate.Gateway.Routing;
using Stillgate.Policy.Rules;

namespace Stillgate.Gateway.Decisions;

/// <summary>
/// Asks the rules and the holds, and refuses what they refuse. It stands behind the reading of the body, since the model may stand at
/// the body's end, and before anything is spent or sent. Requests that ask no model anything are not decided on.
/// </summary>
internal sealed class DecideMiddleware(RequestDelegate next, CurrentDecisions decisions)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        var current = decisions.Read();
        var envelope = exchange.Envelope;
        if (current.Book.IsEmpty || (envelope is null && exchange.Endpoint!.PassThrough is null))
        {
            return next(context);
        }

        var request = new DecisionRequest(envelope?.Model ?? PassThroughPaths.Model, exchange.At, exchange.Endpoint!.Dialect, exchange.Config.Controls.TierOf(exchange.Key!))
        {
            Capabilities = envelope is null ? [] : Capabilities.Of(envelope),
            Place = current.Book.ReadsPlace && exchange.Client.Address is { } address ? current.Places?.At(address) : null,
        };
        var decision = current.Book.Decide(exchange.Key!.Account, exchange.Key.Organization, envelope?.EndCustomer, request);
        if (decision.IsPlain)
        {
            return next(context);
        }

        exchange.Decision = current.Notes.Of(decision);
        return exchange.Decision.Refusal is { } refusal ? RefusalWriter.RefuseAsync(context, exchange, refusal) : next(context);
    }
}
