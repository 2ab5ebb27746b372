using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Stillgate.Lab.LogitTheft;

/// <summary>
/// Answers chat completions with one token of a <see cref="ToySoftmax"/>, always the likeliest, with log-probabilities and a logit bias
/// as the API had them when the theft was found: the bias counts in the log-probabilities. On the loopback address alone.
/// </summary>
internal sealed class ToySoftmaxProvider : IAsyncDisposable
{
    /// <summary>Most log-probabilities of one position, as the API has it.</summary>
    public const int TopMax = 20;

    private readonly ToySoftmax _model;
    private readonly WebApplication _app;

    private ToySoftmaxProvider(ToySoftmax model)
    {
        _model = model;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "stillgate-toy" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddLogging();
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<ToySoftmaxProvider> StartAsync(ToySoftmax model, CancellationToken cancellation)
    {
        var provider = new ToySoftmaxProvider(model);
        await provider._app.StartAsync(cancellation).ConfigureAwait(false);
        provider.Address = new Uri(provider._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
        var body = Answer(request.RootElement);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private byte[] Answer(JsonElement request)
    {
        var logits = _model.Logits(request.GetProperty("messages")[0].GetProperty("content").GetString()!);
        if (request.TryGetProperty("logit_bias", out var biases))
        {
            foreach (var bias in biases.EnumerateObject())
            {
                logits[int.Parse(bias.Name, CultureInfo.InvariantCulture)] += bias.Value.GetDouble();
            }
        }

        var highest = logits.Max();
        var total = highest + Math.Log(logits.Sum(logit => Math.Exp(logit - highest)));
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(token => logits[token]).ToArray();
        var top = request.TryGetProperty("logprobs", out var asked) && asked.ValueKind == JsonValueKind.True ? Math.Min(TopMax, request.GetProperty("top_logprobs").GetInt32()) : 0;
        return Write(order, top, token => logits[token] - total);
    }

    private static byte[] Write(int[] order, int top, Func<int, double> logprob)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("object", "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", order[0].ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteString("finish_reason", "length");
        if (top > 0)
        {
            json.WriteStartObject("logprobs");
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteStartArray("top_logprobs");
            foreach (var token in order.Take(top))
            {
                json.WriteStartObject();
                json.WriteString("token", token.ToString(CultureInfo.InvariantCulture));
                json.WriteNumber("logprob", logprob(token));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
