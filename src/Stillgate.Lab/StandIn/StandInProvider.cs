using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Stillgate.Lab.StandIn;

/// <summary>
/// Something that speaks like a provider and is none: it answers the OpenAI chat completions and Anthropic messages APIs with words
/// drawn from the prompt's hash. For the demo, for tests and for trying a gateway out. Every answer says so in a header.
/// </summary>
public sealed class StandInProvider : IAsyncDisposable
{
    /// <summary>The header of every answer.</summary>
    public const string Header = "x-standin";

    private readonly StandInOptions _options;
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private long _leftCount;
    private long _servedCount;

    private StandInProvider(IPEndPoint listen, StandInOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "stillgate-standin" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(listen);
        });
        builder.Services.AddLogging();
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>Where it listens, the port filled in.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Requests whose client left before the answer's end.</summary>
    public long LeftCount => Interlocked.Read(ref _leftCount);

    /// <summary>Requests so far.</summary>
    public long ServedCount => Interlocked.Read(ref _servedCount);

    /// <summary>Starts a stand-in.</summary>
    /// <param name="listen">Where; port 0 takes a free one.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock of its pace.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <returns>The running stand-in.</returns>
    public static async Task<StandInProvider> StartAsync(IPEndPoint listen, StandInOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var provider = new StandInProvider(listen, options, time);
        await provider._app.StartAsync(cancellation).ConfigureAwait(false);
        var addresses = provider._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        provider.Address = new Uri(addresses.First());
        return provider;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        await _app.StopAsync(soon.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _servedCount);
        context.Response.Headers[Header] = "a stand-in, not a model";
        IStandInDialect? dialect = context.Request.Path.Value switch
        {
            "/v1/chat/completions" => new OpenAiStandIn(),
            "/v1/messages" => new AnthropicStandIn(),
            _ => null,
        };
        if (dialect is null || !HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            using var request = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            var prompt = new StandInPrompt(request.RootElement, _options.Seed);
            await AnswerAsync(context, dialect, prompt).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, dialect.Error(400)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Interlocked.Increment(ref _leftCount);
        }
    }

    private async Task AnswerAsync(HttpContext context, IStandInDialect dialect, StandInPrompt prompt)
    {
        var fault = StandInFault.Of(context.Request.Headers[StandInFault.Header], _options, prompt.Draw);
        if (fault.ErrorStatus is { } status)
        {
            await WriteAsync(context, status, dialect.Error(status)).ConfigureAwait(false);
            return;
        }

        var tokens = prompt.Answer(Math.Min(fault.Tokens, prompt.TokensMax)).ToArray();
        if (prompt.IsStream)
        {
            await StreamAsync(context, dialect, dialect.Events(prompt, tokens), failAt: (tokens.Length / 2) + 1, fault).ConfigureAwait(false);
            return;
        }

        if (fault.Stall)
        {
            await StallAsync(context).ConfigureAwait(false);
        }

        var body = dialect.Body(prompt, tokens);
        if (fault.Cut)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            context.Abort();
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, fault.Corrupt ? body[..(body.Length / 2)] : body).ConfigureAwait(false);
    }

    private async Task StreamAsync(HttpContext context, IStandInDialect dialect, IEnumerable<byte[]> events, int failAt, StandInFault fault)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        var index = 0;
        foreach (var sse in events)
        {
            if (index++ == failAt && await FailAsync(context, dialect, sse, fault).ConfigureAwait(false))
            {
                return;
            }

            await context.Response.Body.WriteAsync(sse, context.RequestAborted).ConfigureAwait(false);
            if (fault.PaceMs > 0)
            {
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(fault.PaceMs), _time, context.RequestAborted).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does to a stream what its fault says, at its middle; true where the stream ends with it.</summary>
    private static async Task<bool> FailAsync(HttpContext context, IStandInDialect dialect, byte[] next, StandInFault fault)
    {
        if (fault.Corrupt)
        {
            // Half an event with a byte in it that no UTF-8 has, closed as if it were whole.
            await context.Response.Body.WriteAsync((byte[])[.. next.AsSpan(0, next.Length / 2), 0xFF, (byte)'\n', (byte)'\n'], context.RequestAborted).ConfigureAwait(false);
        }

        if (fault.ErrorInside)
        {
            await context.Response.Body.WriteAsync(dialect.ErrorEvent(), context.RequestAborted).ConfigureAwait(false);
            return true;
        }

        if (fault.Stall)
        {
            await StallAsync(context).ConfigureAwait(false);
        }

        if (fault.Cut)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            context.Abort();
            return true;
        }

        return false;
    }

    private static async Task StallAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (context.RequestAborted.Register(() => left.TrySetCanceled(context.RequestAborted)).ConfigureAwait(false))
        {
            await left.Task.ConfigureAwait(false);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
