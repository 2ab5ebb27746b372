using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.Errors;

namespace Stillgate.Gateway.Refusals;

/// <summary>Answers in the provider's place.</summary>
internal static class RefusalWriter
{
    public static async Task RefuseAsync(HttpContext context, ExchangeFeature exchange, Refusal refusal)
    {
        exchange.EndAs(refusal.End, refusal.Code);
        var body = ErrorBody.Encode(exchange.Shape, refusal.Status, refusal.Code, refusal.Message);
        context.Response.Clear();
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        exchange.Changes = exchange.IsSent ? ChangeWords.WithoutAnswer(exchange.Changes) : ChangeWords.ObservedOnly(exchange.Changes);
        exchange.Announce(context.Response.Headers);
        if (exchange.RetryAfter is not null || refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = exchange.RetryAfter ?? "1";
        }

        if (refusal.Status == StatusCodes.Status413PayloadTooLarge)
        {
            // The rest of the body is not worth reading.
            context.Response.Headers.Connection = "close";
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
