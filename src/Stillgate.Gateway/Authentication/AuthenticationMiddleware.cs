using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Refusals;

namespace Stillgate.Gateway.Authentication;

/// <summary>Finds whose key came with the request; refuses one without a key that is known.</summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, IKeyDirectory keys)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        var presented = PresentedKey.Of(context.Request);
        if (presented.IsEmpty)
        {
            return RefusalWriter.RefuseAsync(context, exchange, Refusal.KeyMissing);
        }

        exchange.Key = LastKey.Find(context, presented, keys);
        return exchange.Key is null ? RefusalWriter.RefuseAsync(context, exchange, Refusal.KeyUnknown) : next(context);
    }
}
