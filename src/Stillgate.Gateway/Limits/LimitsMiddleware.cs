using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stillgate.Gateway.Refusals;
using Stillgate.Gateway.Routing;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Limits;

/// <summary>Reads the body within its bound and the envelope from it; refuses what is too large or cannot be read.</summary>
internal sealed class LimitsMiddleware(RequestDelegate next, BufferBudget budget)
{
    // To read more than this takes longer than other requests should wait for the thread that reads the sockets.
    private const int InlineBytesMax = 64 << 10;

    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        if (!exchange.Endpoint!.HasBody)
        {
            return exchange.Endpoint.PassThrough is not null && !BoundUnread(context, exchange.Config.Options.Limits)
                ? RefusalWriter.RefuseAsync(context, exchange, Refusal.BodyTooLarge)
                : next(context);
        }

        if (CheckHeaders(context.Request, exchange.Config.Options.Limits) is { } refusal)
        {
            return RefusalWriter.RefuseAsync(context, exchange, refusal);
        }

        // A short body has come with its head: then nothing of this stage has to outlive it.
        var reading = ReadBodyAsync(context, exchange);
        return reading.IsCompletedSuccessfully ? GoOn(context, exchange, reading.Result) : GoOnAsync(context, exchange, reading);
    }

    private async Task GoOnAsync(HttpContext context, ExchangeFeature exchange, ValueTask<Refusal?> reading) => await GoOn(context, exchange, await reading);

    private Task GoOn(HttpContext context, ExchangeFeature exchange, Refusal? refusal) =>
        (refusal ?? ReadEnvelope(context.Request, exchange)) is { } final ? RefusalWriter.RefuseAsync(context, exchange, final) : next(context);

    /// <summary>A body that passes unread has the same bound, kept by the server while it streams.</summary>
    private static bool BoundUnread(HttpContext context, LimitOptions options)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.BodyBytesMax;
        }

        return !(context.Request.ContentLength > options.BodyBytesMax);
    }

    private static Refusal? CheckHeaders(HttpRequest request, LimitOptions options)
    {
        if (request.ContentLength > options.BodyBytesMax)
        {
            return Refusal.BodyTooLarge;
        }

        var encoding = request.Headers.ContentEncoding;
        return encoding.Count == 0 || string.Equals(encoding[0], "identity", StringComparison.OrdinalIgnoreCase) ? null : Refusal.BodyEncoded;
    }

    private async ValueTask<Refusal?> ReadBodyAsync(HttpContext context, ExchangeFeature exchange)
    {
        var limits = exchange.Config.Options.Limits;
        exchange.Body = new BodyBuffer(budget, limits.BufferedBytesMax);
        var outcome = await exchange.Body.FillAsync(context.Request.Body, context.Request.ContentLength, limits.BodyBytesMax, context.RequestAborted);
        if (exchange.Body.Memory.Length > InlineBytesMax)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        return outcome switch
        {
            BodyOutcome.TooLarge => Refusal.BodyTooLarge,
            BodyOutcome.NoRoom => Refusal.Overloaded,
            _ => null,
        };
    }

    private static Refusal? ReadEnvelope(HttpRequest request, ExchangeFeature exchange)
    {
        var endpoint = exchange.Endpoint!;
        var fault = EnvelopeParser.Parse(endpoint.Dialect, exchange.Body!.Memory.Span, EndpointTable.ModelOf(endpoint, request), endpoint.IsStream, out var envelope);
        exchange.Envelope = envelope;
        return fault switch
        {
            EnvelopeFault.None => envelope!.IsBackground ? Refusal.Background : null,
            EnvelopeFault.NotAnObject => Refusal.BodyNotAnObject,
            EnvelopeFault.DuplicateMember => Refusal.DuplicateMember,
            EnvelopeFault.TooDeep => Refusal.TooDeep,
            EnvelopeFault.TooManyMembers => Refusal.TooManyMembers,
            EnvelopeFault.NoModel => Refusal.NoModel,
            _ => Refusal.BodyNotJson,
        };
    }
}
