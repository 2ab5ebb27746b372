using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Stillgate.Tests.Gateway.Soak;

/// <summary>A provider that does to each request what a header of it says. It counts what it holds open and when it is told that a client left.</summary>
internal sealed class SoakProvider
{
    public static readonly string[] Faults = ["json", "stream", "paced", "stall", "reset", "cut", "status", "error-event", "silent", "reset-before"];
    private int _open;

    public ConcurrentDictionary<string, long> LeftAt { get; } = new(StringComparer.Ordinal);

    public int OpenCount => Volatile.Read(ref _open);

    public async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _open);
        try
        {
            await using var left = context.RequestAborted.Register(() => LeftAt.TryAdd(context.Request.Headers["x-soak-id"].ToString(), Stopwatch.GetTimestamp()));
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await AnswerAsync(context, context.Request.Headers["x-soak-fault"].ToString());
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The gateway let go, as it should where its client did.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static async Task AnswerAsync(HttpContext context, string fault)
    {
        switch (fault)
        {
            case "json":
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(Samples.OpenAiBody, context.RequestAborted);
                break;
            case "status":
                context.Response.StatusCode = 503;
                await context.Response.Body.WriteAsync("""{"error":{"message":"busy"}}"""u8.ToArray(), context.RequestAborted);
                break;
            case "silent":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "reset-before":
                context.Abort();
                break;
            default:
                await StreamAsync(context, fault);
                break;
        }
    }

    private static async Task StreamAsync(HttpContext context, string fault)
    {
        context.Response.ContentType = "text/event-stream";
        var half = Samples.OpenAiStream.Length / 2;
        var pieces = Samples.OpenAiStream.Chunk(fault == "paced" ? 40 : 200).ToList();
        var sent = 0;
        foreach (var piece in pieces)
        {
            if (sent >= half && (fault is "stall" or "reset" or "cut" or "error-event"))
            {
                break;
            }

            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            sent += piece.Length;
            if (fault == "paced")
            {
                await Task.Delay(2, context.RequestAborted);
            }
        }

        switch (fault)
        {
            case "stall":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "reset":
                context.Abort();
                break;
            case "error-event":
                await context.Response.Body.WriteAsync("\n\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n"u8.ToArray(), context.RequestAborted);
                break;
        }
    }
}
