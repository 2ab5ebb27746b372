using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Xunit;
using ZstdSharp;

namespace Stillgate.Tests.Gateway;

/// <summary>Answers that stall, break, end early or nobody waits for. A dead stream never looks like a clean end.</summary>
public sealed class BrokenAnswerTests
{
    public static TheoryData<string> DialectNames => [Dialects.OpenAiChat, Dialects.AnthropicMessages];

    public static TheoryData<string, bool> Encodings => new()
    {
        { "gzip", true },
        { "gzip", false },
        { "deflate", true },
        { "br", true },
        { "br", false },
        { "zstd", true },
        { "zstd", false },
    };

    [Theory]
    [MemberData(nameof(DialectNames))]
    public async Task Stream_ProviderCutsConnection_ClientSeesABreak(string dialect)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = await HalfStreamAsync(dialect, async context =>
        {
            await cut.Task;
            context.Abort();
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.Path(dialect), Samples.StreamRequest);
        cut.SetResult();
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var record = await gateway.Records.NextAsync();

        Assert.Equal(("provider-cut", 200), (record.End, record.Status));
        Assert.False(record.Response!.OutputTokens > 1, "the usage at the end was never sent");
    }

    [Theory]
    [MemberData(nameof(DialectNames))]
    public async Task Stream_EndsWithoutItsMark_ClientSeesABreak(string dialect)
    {
        // The HTTP framing is whole: only the dialect tells that the answer is not.
        await using var provider = await HalfStreamAsync(dialect, _ => Task.CompletedTask);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        await Assert.ThrowsAsync<HttpRequestException>(() => ReadStreamAsync(gateway, dialect));
        var record = await gateway.Records.NextAsync();

        Assert.Equal(("provider-cut", "stream_without_end"), (record.End, record.EndReason));
    }

    [Theory]
    [MemberData(nameof(DialectNames))]
    public async Task Stream_Stalls_ClientGetsAnErrorEvent(string dialect)
    {
        await using var provider = await HalfStreamAsync(dialect, UntilLeftAsync);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Timeouts = new TimeoutOptions { Gap = TimeSpan.FromMilliseconds(300) } });

        using var response = await gateway.SendAsync(Samples.Path(dialect), Samples.StreamRequest);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.StartsWith(Encoding.UTF8.GetString(Half(dialect)).TrimEnd('\uFFFD'), body, StringComparison.Ordinal);
        Assert.EndsWith("\"code\":\"stream_stalled\"}}\n\n", body, StringComparison.Ordinal);
        Assert.Equal(dialect == Dialects.AnthropicMessages, body.Contains("event: error\n", StringComparison.Ordinal));
        Assert.Equal(("timed-out", "stream_stalled", 200), (record.End, record.EndReason, record.Status));
    }

    [Fact]
    public async Task Stream_NeverEnds_ClientGetsAnErrorEventAtTheTotalClock()
    {
        await using var provider = await HalfStreamAsync(Dialects.OpenAiChat, UntilLeftAsync);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Timeouts = new TimeoutOptions { Total = TimeSpan.FromMilliseconds(300) } });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith("\"code\":\"stream_too_long\"}}\n\n", body, StringComparison.Ordinal);
        Assert.Equal(("timed-out", "stream_too_long"), (await gateway.Records.NextAsync()) is var record ? (record.End, record.EndReason) : default);
    }

    [Fact]
    public async Task Provider_NeverAnswers_Gets504()
    {
        await using var provider = await FakeProvider.StartAsync(UntilLeftAsync);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Timeouts = new TimeoutOptions { FirstByte = TimeSpan.FromMilliseconds(300) } });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(504, (int)response.StatusCode);
        Assert.Equal("provider_silent", await RefusalTests.OpenAiCodeAsync(response));
        Assert.Equal(("timed-out", 504), (record.End, record.Status));
    }

    [Fact]
    public async Task Provider_EndsConnectionBeforeAnswer_Gets502()
    {
        await using var provider = await FakeProvider.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal("provider-cut", (await gateway.Records.NextAsync()).End);
    }

    [Fact]
    public async Task Stream_CorruptEvent_PassesUntouched()
    {
        byte[] bytes = [.. Samples.OpenAiStream.AsSpan(0, 200), 0xFF, 0xC3, (byte)'\n', (byte)'\n', .. "data: {\"choices\":3}\n\ndata: [DONE]\n\n"u8];
        await using var provider = await FakeProvider.StreamAsync(bytes, 50);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);

        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("complete", (await gateway.Records.NextAsync()).End);
    }

    [Theory]
    [InlineData("data: {\"error\":{\"message\":\"x\"}}\n\n", Samples.OpenAiPath)]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n", Samples.AnthropicPath)]
    public async Task Stream_ErrorInside200_PassesAndIsRecordedAsFailure(string stream, string path)
    {
        await using var provider = await FakeProvider.StreamAsync(Encoding.UTF8.GetBytes(stream), 7);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(path, Samples.StreamRequest);

        Assert.Equal(stream, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var record = await gateway.Records.NextAsync();
        Assert.Equal(("provider-error", "error_in_answer", 200), (record.End, record.EndReason, record.Status));
    }

    [Theory]
    [InlineData("before-head")]
    [InlineData("mid-stream")]
    public async Task Client_Leaves_ProviderIsToldAndRecordSaysSo(string phase)
    {
        var reached = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (phase == "mid-stream")
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.WriteAsync(Half(Dialects.OpenAiChat));
                await context.Response.Body.FlushAsync();
            }

            reached.SetResult();
            await UntilLeftAsync(context);
            told.SetResult();
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        using var leaving = new CancellationTokenSource();

        var request = RunningGateway.Request(Samples.OpenAiPath, Samples.StreamRequest, gateway.Key);
        var sending = gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        if (phase == "mid-stream")
        {
            (await sending).Dispose();
        }
        else
        {
            await leaving.CancelAsync();
        }

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();
        Assert.Equal(("client-left", phase == "mid-stream" ? 200 : 499), (record.End, record.Status));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Answer_CompressedAllTheSame_BytesPassAndRecordHasTheText(string encoding, bool stream)
    {
        var bytes = Compress(encoding, stream ? Samples.OpenAiStream : Samples.OpenAiBody);
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = stream ? "text/event-stream" : "application/json";
            context.Response.Headers.ContentEncoding = encoding;
            foreach (var piece in bytes.Chunk(13))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(bytes, body);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        Assert.Equal("complete", record.End);
        Assert.Equal(stream ? Samples.OpenAiText : "é 水 🌊", record.Response!.Text);
    }

    /// <summary>The break may come before or after the head of the answer has been read; it must come.</summary>
    private static async Task<byte[]> ReadStreamAsync(RunningGateway gateway, string dialect)
    {
        using var response = await gateway.SendAsync(Samples.Path(dialect), Samples.StreamRequest);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static byte[] Half(string dialect) => Samples.Stream(dialect)[..(Samples.Stream(dialect).Length / 2)];

    private static Task<FakeProvider> HalfStreamAsync(string dialect, RequestDelegate then) => FakeProvider.StartAsync(async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync(Half(dialect));
        await context.Response.Body.FlushAsync();
        await then(context);
    });

    private static async Task UntilLeftAsync(HttpContext context)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => left.TrySetResult());
        await left.Task;
    }

    private static byte[] Compress(string encoding, byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (Stream compressing = encoding switch
        {
            "gzip" => new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(memory, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(memory, CompressionLevel.Fastest, leaveOpen: true),
            _ => new CompressionStream(memory, leaveOpen: true),
        })
        {
            compressing.Write(bytes);
        }

        return memory.ToArray();
    }
}
