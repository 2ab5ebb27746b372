using Stillgate.Server.Hosting;
using Stillgate.Storage;

namespace Stillgate.Server.Admin;

/// <summary>Turns what went wrong into a problem, and every answer into one that no cache keeps and no page frames.</summary>
internal sealed class AdminErrors(RequestDelegate next, AdminMetrics metrics, ILogger logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            metrics.Count(context.Response.StatusCode);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        AdminProblem problem;
        try
        {
            await next(context);
            if (context.Response.StatusCode != StatusCodes.Status405MethodNotAllowed || context.Response.HasStarted)
            {
                return;
            }

            problem = new AdminProblem("The method is not served here", StatusCodes.Status405MethodNotAllowed, "GET /admin/v1/openapi.json lists what there is.", []);
        }
        catch (AdminException refused)
        {
            problem = refused.Problem;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException bad)
        {
            problem = new AdminProblem("The request is wrong", bad.StatusCode, "It is not HTTP as this server reads it.", []);
        }
        catch (Exception failure) when (failure is StoreException or Microsoft.Data.Sqlite.SqliteException && !context.Response.HasStarted)
        {
            ServerLog.AdminFailed(logger, context.Request.Method, failure.GetType().Name, failure.Message);
            problem = new AdminProblem("The store cannot be used now", StatusCodes.Status503ServiceUnavailable, "Nothing was changed. The cause is in Stillgate's own log.", []);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            // Not the message: it may quote what was sent.
            ServerLog.AdminFailed(logger, context.Request.Method, failure.GetType().FullName!, failure.StackTrace ?? "");
            problem = new AdminProblem("It failed here", StatusCodes.Status500InternalServerError, "Nothing was changed. The cause is in Stillgate's own log.", []);
        }

        context.Response.StatusCode = problem.Status;
        await context.Response.WriteAsJsonAsync(problem, AdminJson.Default.AdminProblem, AdminProblem.ContentType, context.RequestAborted);
    }
}
