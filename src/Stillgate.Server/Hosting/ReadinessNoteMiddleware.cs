namespace Stillgate.Server.Hosting;

/// <summary>
/// Says in a header of <c>/readyz</c> how far the analysis is. The status stays the gateway's: an analysis that still reads its past
/// holds up no exchange, so it must not take the gateway out of a load balancer.
/// </summary>
internal sealed class ReadinessNoteMiddleware(RequestDelegate next, Func<string?> note)
{
    public const string Header = "stillgate-analysis";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value == "/readyz" && note() is { } text)
        {
            context.Response.Headers[Header] = text;
        }

        return next(context);
    }
}
