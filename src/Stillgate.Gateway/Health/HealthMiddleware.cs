using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Recorder;

namespace Stillgate.Gateway.Health;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it would serve a request now; 503 while it is being stopped, or where it
/// may serve only what it records and cannot record. Neither is an exchange, so neither leaves a record.
/// </summary>
internal sealed class HealthMiddleware(RequestDelegate next, DrainSignal drain, IExchangeSink sink, GatewayConfigSource configs)
{
    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/healthz" => AnswerAsync(context, StatusCodes.Status200OK, "ok\n"),
        "/readyz" when drain.IsDraining => AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "stopping\n"),
        "/readyz" when configs.Current.Options.Recorder.IsRequired && !sink.IsAccepting => AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "cannot record\n"),
        "/readyz" => AnswerAsync(context, StatusCodes.Status200OK, "ready\n"),
        _ => next(context),
    };

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
