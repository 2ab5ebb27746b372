using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;
using Yarp.ReverseProxy.Forwarder;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The last stage: sends the request to the provider and its answer to the client, and says how it ended.</summary>
internal sealed class ForwarderMiddleware(ProviderConnections connections, IHttpForwarder forwarder, DrainSignal drain, GatewayMetrics metrics, TimeProvider time)
{
    /// <summary>
    /// Goes on to the next provider only where the last could not be connected to: then it has seen nothing of the request. Every
    /// other failure may have cost or done something, and asking again is the client's choice.
    /// </summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        var isStream = exchange.Envelope?.IsStream == true;
        if (isStream)
        {
            metrics.StreamBegan();
        }

        try
        {
            ProviderState[] tried = [];
            while (exchange.Config.Providers.Choose(exchange.Endpoint!.ProviderDialect, exchange.Envelope?.Model, tried) is { } provider)
            {
                using var timers = new ExchangeTimers(time, exchange.Config.Options.Timeouts);
                var body = exchange.Body is { } held
                    ? new HeldBody(exchange.ForwardedBody ?? held.Memory, isCarriedAlone: provider.Options.Address.Scheme == Uri.UriSchemeHttp, timers.WholeToken)
                    : null;
                exchange.Provider = provider.Options;
                exchange.IsSent = true;
                var transformer = new ProviderTransformer(exchange, provider, body, timers, drain);
                var client = body is null ? connections.Client : connections.ClientOf(body);
                var error = await forwarder.SendAsync(
                    context, provider.Options.Address.AbsoluteUri, client, exchange.Config.Forwarding, transformer, timers.WholeToken);
                await (body?.WhenSentAsync() ?? Task.CompletedTask);
                if (timers.Expired != TimerExpiry.None || context.Response.HasStarted || !IsConnectFailure(context, error))
                {
                    Judge(context, provider, error);
                    await FinishAsync(context, exchange, error, timers.Expired);
                    return;
                }

                provider.Failed();
                exchange.IsSent = false;
                tried = [.. tried, provider];
                context.Response.Clear();
            }

            await RefusalWriter.RefuseAsync(context, exchange, tried.Length == 0 ? Refusal.NoProvider : Refusal.ProviderDown);
        }
        finally
        {
            if (isStream)
            {
                metrics.StreamEnded();
            }
        }
    }

    private static void Judge(HttpContext context, ProviderState provider, ForwarderError error)
    {
        if (error == ForwarderError.None)
        {
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                provider.Failed();
            }
            else
            {
                provider.Succeeded();
            }
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            provider.Failed();
        }
    }

    private static Task FinishAsync(HttpContext context, ExchangeFeature exchange, ForwarderError error, TimerExpiry expired)
    {
        if (exchange.EndReason == Refusal.AnswerNotFilterable.Code && !context.Response.HasStarted)
        {
            return RefusalWriter.RefuseAsync(context, exchange, Refusal.AnswerNotFilterable);
        }

        if (error == ForwarderError.None)
        {
            // Whether the answer itself says that it failed is seen when it is read (ExchangeCloser).
            exchange.EndAs(ExchangeEnd.Complete);
            return Task.CompletedTask;
        }

        if (context.RequestAborted.IsCancellationRequested && expired == TimerExpiry.None)
        {
            exchange.EndAs(ExchangeEnd.ClientLeft);
            return Task.CompletedTask;
        }

        var refusal = ReasonOf(context, error, expired);
        if (context.Response.HasStarted)
        {
            // YARP has cut the connection already; the record says why.
            exchange.EndAs(refusal.End == ExchangeEnd.ProviderDown ? ExchangeEnd.ProviderCut : refusal.End, refusal.Code);
            return Task.CompletedTask;
        }

        return RefusalWriter.RefuseAsync(context, exchange, refusal);
    }

    private static Refusal ReasonOf(HttpContext context, ForwarderError error, TimerExpiry expired)
    {
        if (expired != TimerExpiry.None)
        {
            return expired == TimerExpiry.Total ? Refusal.StreamTooLong : Refusal.ProviderSilent;
        }

        return error switch
        {
            _ when IsConnectFailure(context, error) => Refusal.ProviderDown,
            ForwarderError.RequestTimedOut => Refusal.ProviderSilent,

            // Only a body that passes unread can turn out too large here.
            _ when context.GetForwarderErrorFeature()?.Exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusal.BodyTooLarge,
            _ => Refusal.ProviderBroken,
        };
    }

    /// <summary>Whether the provider has seen nothing of the request, since no connection to it came about: it was refused, or its own clock ran out.</summary>
    private static bool IsConnectFailure(HttpContext context, ForwarderError error) => context.GetForwarderErrorFeature()?.Exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            error == ForwarderError.Request,

        // The clocks of the exchange say so when they end one; the forwarder's own is later than all of them. What is left is that of the connection.
        OperationCanceledException { InnerException: TimeoutException } => error == ForwarderError.RequestTimedOut,
        _ => false,
    };
}
