namespace Stillgate.Server.Hosting;

/// <summary>Serves <c>/metrics</c> on the admin listener alone, and on it nothing else but health: no exchange passes there.</summary>
internal sealed class AdminMiddleware(RequestDelegate next, Func<int?> adminPort, Func<string> metrics)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.LocalPort != adminPort())
        {
            return next(context);
        }

        switch (context.Request.Path.Value)
        {
            case "/metrics":
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                return context.Response.WriteAsync(metrics(), context.RequestAborted);
            case "/healthz" or "/readyz":
                return next(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
