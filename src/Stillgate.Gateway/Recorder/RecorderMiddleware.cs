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
    ClientAddresses clients,
    ExchangeIds ids,
    GatewayMetrics metrics,
    RecorderOptions options,
    TimeProvider time,
    ILogger logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = new ExchangeFeature(ids.Next(), time.GetUtcNow(), time.GetTimestamp()) { Client = clients.Of(context) };
        context.Features.Set(exchange);
        metrics.ExchangeBegan();
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await ServeAsync(context, exchange);
            await CompleteAsync(context, exchange);
        }
        finally
        {
            status = RecordComposer.StatusOf(context, exchange);
            var record = RecordComposer.Compose(context, exchange, status, time);
            sink.TryWrite(record);
            metrics.Counters.Count(
                record.Dialect,
                exchange.End,
                time.GetElapsedTime(exchange.Timestamp),
                record.Response?.InputTokens ?? 0,
                record.Response?.OutputTokens ?? 0);
            exchange.Tap?.Dispose();
            exchange.Body?.Dispose();
            metrics.ExchangeEnded(status);
        }
    }

    private async Task ServeAsync(HttpContext context, ExchangeFeature exchange)
    {
        try
        {
            if (options.IsRequired && !sink.IsAccepting)
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

    /// <summary>
    /// Ends the answer before the record is composed, so that the client does not wait for it. Only a whole answer is ended here:
    /// to complete one that was cut would race with the cut and could make it look whole.
    /// </summary>
    private static async Task CompleteAsync(HttpContext context, ExchangeFeature exchange)
    {
        if (exchange.End is not (ExchangeEnd.Complete or ExchangeEnd.Refused) || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await context.Response.CompleteAsync();
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The answer could not be finished on the client's side; what the stages said of the end stands.
            exchange.EndAs(ExchangeEnd.ClientLeft);
        }
    }
}
