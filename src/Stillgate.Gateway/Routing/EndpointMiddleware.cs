using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Refusals;

namespace Stillgate.Gateway.Routing;

/// <summary>Finds the endpoint; refuses a request to none.</summary>
internal sealed class EndpointMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        exchange.Endpoint = EndpointTable.Find(context.Request) ?? exchange.Config.PassThrough.Find(context.Request);
        if (exchange.Endpoint is { } endpoint)
        {
            exchange.Shape = endpoint.Shape;
            if (endpoint.PassThrough is { } entry)
            {
                exchange.Changes = ["passed-through:" + entry];
            }

            return next(context);
        }

        exchange.Shape = EndpointTable.GuessShape(context.Request);
        return RefusalWriter.RefuseAsync(context, exchange, EndpointTable.KnowsPath(context.Request) ? Refusal.MethodNotServed : Refusal.EndpointNotServed);
    }
}
