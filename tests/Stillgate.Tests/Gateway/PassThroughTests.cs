using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>What passes, passes untouched, and leaves a record.</summary>
public sealed class PassThroughTests
{
    public static TheoryData<string> DialectNames => [Dialects.OpenAiChat, Dialects.AnthropicMessages];

    public static TheoryData<string, int> DialectsAndPieces => new()
    {
        { Dialects.OpenAiChat, 1 },
        { Dialects.OpenAiChat, 11 },
        { Dialects.OpenAiChat, 100_000 },
        { Dialects.AnthropicMessages, 1 },
        { Dialects.AnthropicMessages, 11 },
        { Dialects.AnthropicMessages, 100_000 },
    };

    [Theory]
    [MemberData(nameof(DialectNames))]
    public async Task Json_Answered_BytesAndRecordMatch(string dialect)
    {
        byte[] seen = [];
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            seen = await ReadAllAsync(context.Request.Body);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Samples.Body(dialect));
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.Path(dialect), Samples.Request);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Samples.Body(dialect), body);
        Assert.Equal(Encoding.UTF8.GetBytes(Samples.Request), seen);
        Assert.Equal(("acc-1", "org-1", "complete", 200), (record.Account, record.Organization, record.End, record.Status));
        Assert.Equal((dialect, "m-large"), (record.Dialect, record.Model));
        Assert.Equal([new ChatMessage("user", "Say é, 水 and 🌊.")], record.Request.Messages!);
        Assert.StartsWith("é 水 🌊", record.Response!.Text, StringComparison.Ordinal);
        Assert.Equal((9, 7), (record.Response.InputTokens, record.Response.OutputTokens));
        Assert.Equal(record.Id, response.Headers.GetValues("stillgate-exchange").Single());
    }

    [Theory]
    [MemberData(nameof(DialectsAndPieces))]
    public async Task Stream_InPieces_BytesAndRecordMatch(string dialect, int pieceBytes)
    {
        await using var provider = await FakeProvider.StreamAsync(Samples.Stream(dialect), pieceBytes);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.Path(dialect), Samples.StreamRequest);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(Samples.Stream(dialect), body);
        Assert.Equal("complete", record.End);
        Assert.Equal(dialect == Dialects.OpenAiChat ? Samples.OpenAiText : "é 水 🌊", record.Response!.Text);
        Assert.Equal(dialect == Dialects.OpenAiChat ? null : "Bytes, 字.", record.Response.Reasoning);
        Assert.Equal((9, 7), (record.Response.InputTokens, record.Response.OutputTokens));
        Assert.True(record.Request.Settings!.Stream);
    }

    [Fact]
    public async Task Stream_ProviderWaitsAfterFirstEvent_ClientHasItAlready()
    {
        var goOn = new TaskCompletionSource();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.Body.WriteAsync(Samples.OpenAiStream);
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        // The head arrives while the provider still waits: nothing is buffered.
        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        goOn.SetResult();

        Assert.Equal(Samples.OpenAiStream, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Headers_ToProvider_OnlyThePolicyPasses()
    {
        HeaderDictionary? seen = null;
        await using var provider = await FakeProvider.StartAsync(context =>
        {
            seen = new HeaderDictionary(context.Request.Headers.ToDictionary());
            return context.Response.Body.WriteAsync(Samples.AnthropicBody).AsTask();
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        using var request = RunningGateway.Request(Samples.AnthropicPath, Samples.Request, key: null);
        request.Headers.Add("x-api-key", gateway.Key);
        request.Headers.Add("Cookie", "session=1");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("anthropic-beta", "one,two");
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Headers.Add("x-stainless-lang", "js");
        request.Headers.Add("Accept-Encoding", "gzip");

        using var response = await gateway.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("provider-credential", seen!["x-api-key"]);
        Assert.Equal(("one,two", "2023-06-01", "js", "identity"), (seen["anthropic-beta"].ToString(), seen["anthropic-version"].ToString(), seen["x-stainless-lang"].ToString(), seen["Accept-Encoding"].ToString()));
        Assert.False(seen.ContainsKey("Cookie") || seen.ContainsKey("X-Forwarded-For") || seen.ContainsKey("Authorization"));
        Assert.DoesNotContain(seen, header => header.Value.ToString().Contains(gateway.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provider_RefusesWith429_StatusBodyAndLimitsPass()
    {
        var error = """{"error":{"message":"slow down","type":"rate_limit_error"}}"""u8.ToArray();
        await using var provider = await FakeProvider.BodyAsync(error, 429, response =>
        {
            response.Headers.RetryAfter = "7";
            response.Headers["x-ratelimit-remaining-requests"] = "0";
            response.Headers["x-request-id"] = "req-1";
            response.Headers.SetCookie = "a=b";
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(error, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(7, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal("0", response.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        Assert.Equal("req-1", response.Headers.GetValues("x-request-id").Single());
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(("provider-error", 429), (record.End, record.Status));
        Assert.Null(record.Response);
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }
}
