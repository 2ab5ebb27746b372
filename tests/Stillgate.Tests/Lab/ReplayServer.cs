using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stillgate.Tests.Lab;

/// <summary>A real server on loopback that notes what it is sent; answers JSON, or a stream where one is asked for.</summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly int _status;
    private int _underWay;

    private ReplayServer(WebApplication app, int status)
    {
        _app = app;
        _status = status;
        _app.Map("/{**path}", (Delegate)AnswerAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public ConcurrentQueue<Received> Requests { get; } = new();

    public int MostUnderWay { get; private set; }

    public int StreamsReadToTheEnd { get; private set; }

    public static async Task<ReplayServer> StartAsync(int status = 200)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ReplayServer(builder.Build(), status);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var underWay = Interlocked.Increment(ref _underWay);
        lock (Requests)
        {
            MostUnderWay = Math.Max(MostUnderWay, underWay);
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var key = context.Request.Headers.Authorization.ToString() + context.Request.Headers["x-api-key"];
        Requests.Enqueue(new Received(context.Request.Path, key, context.Request.Headers.UserAgent.ToString(), body.RootElement.Clone()));
        context.Response.StatusCode = _status;
        if (body.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean())
        {
            for (var part = 0; part < 20; part++)
            {
                await context.Response.WriteAsync("data: {}\n\n");
                await context.Response.Body.FlushAsync();
            }

            lock (Requests)
            {
                StreamsReadToTheEnd++;
            }
        }

        Interlocked.Decrement(ref _underWay);
    }

    internal sealed record Received(string Path, string Key, string UserAgent, JsonElement Body)
    {
        public string LastContent => Body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").ToString();
    }
}
