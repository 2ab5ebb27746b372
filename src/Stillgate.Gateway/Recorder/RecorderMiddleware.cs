using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Refusals;

namespace Stillgate.Gateway.Recorder;

/// <summary>
/// The outermost stage. It opens the record and closes it, whatever happened between: an answer, a refusal, a client that left or
/// a fault of our own.
/// </summary>
internal sealed class RecorderMiddleware(
    RequestDelegate next,
    IExchangeSink sink,
    ExchangeCloser closer,
    ClientAddresses clients,
    ExchangeIds ids,
    GatewayMetrics metrics,
    GatewayConfigSource configs,
    TimeProvider time,
    ILogger logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = new ExchangeFeature(ids.Next(), time.GetUtcNow(), time.GetTimestamp(), configs.Current) { Client = clients.Of(context) };
        context.Features.Set(exchange);
        metrics.ExchangeBegan();
        try
        {
            if (exchange.Config.Options.Recorder.IsRequired && !sink.IsAccepting)
            {
                exchange.Shape = Routing.EndpointTable.GuessShape(context.Request);
                await RefusalWriter.RefuseAsync(context, exchange, Refusal.RecorderUnavailable);
                return;
            }

            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whatever was under way failed because nobody waits for it any more.
            exchange.EndAs(ExchangeEnd.ClientLeft);
        }
        catch (Exception broken) when (broken is BadHttpRequestException or IOException && exchange.End == ExchangeEnd.None && exchange.Envelope is null)
        {
            // The body ended before its announced length, or its framing was broken: the client's side failed.
            exchange.EndAs(ExchangeEnd.ClientLeft, "body_broken");
            context.Abort();
        }
        catch (Exception fault)
        {
            // The exception's message may quote content, so only its type and its trace are told.
            Log.StageFailed(logger, exchange.Id, fault.GetType().FullName!, fault.StackTrace);
            await FailAsync(context, exchange);
        }
        finally
        {
            var status = RecordComposer.StatusOf(context, exchange);
            var headers = context.Request.Headers;
            closer.Post(new ClosedExchange(
                exchange, status, time.GetElapsedTime(exchange.Timestamp), headers.UserAgent, headers.TraceParent));
            metrics.ExchangeEnded(status);
        }
    }

    private static async Task FailAsync(HttpContext context, ExchangeFeature exchange)
    {
        exchange.EndAs(ExchangeEnd.Fault, Refusal.InternalFault.Code);
        if (context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            await RefusalWriter.RefuseAsync(context, exchange, Refusal.InternalFault);
        }
    }
}
