using System.Text;
using System.Text.Json;
using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Where a budget counts tokens the gateway asks for a stream's usage, and keeps from the client what the client did not ask for.</summary>
public sealed class UsageAskingTests
{
    private const string Asking = """{"model":"m-large","stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true},"messages":[]}""";
    private const string NotAsking = """{"model":"m-large","stream":true,"stream_options":{"include_obfuscation":false,"include_usage":false},"messages":[],"x":1.50}""";

    [Fact]
    public async Task Stream_ClientDidNotAsk_ProviderIsAskedAndClientIsSpared()
    {
        var (seen, body, response, record) = await ExchangeAsync(NotAsking, [Tokens()]);

        Assert.Equal("""{"model":"m-large","stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true},"messages":[],"x":1.50}""", Normal(seen));
        Assert.DoesNotContain("usage", body, StringComparison.Ordinal);
        Assert.Equal(Without(), body);
        Assert.Equal("added:stream_options.include_usage, stripped:usage_chunk", response.Headers.GetValues("stillgate-changes").Single());
        Assert.Equal(["added:stream_options.include_usage", "stripped:usage_chunk"], record.Changes!);
        Assert.Equal((9, 7, 2), (record.Response!.InputTokens, record.Response.OutputTokens, record.Response.ReasoningTokens));
    }

    [Theory]
    [InlineData("""{"model":"m-large","stream":true,"messages":[] } """, """{"model":"m-large","stream":true,"messages":[] ,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"m-large","stream_options":null,"stream":true,"messages":[]}""", """{"model":"m-large","stream_options":{"include_usage":true},"stream":true,"messages":[]}""")]
    public async Task Stream_WithoutOptions_TheyAreAddedOnce(string request, string expected)
    {
        var (seen, body, _, _) = await ExchangeAsync(request, [Tokens()]);

        Assert.Equal(expected, seen);
        Assert.Equal(Without(), body);
    }

    [Fact]
    public async Task Stream_ClientAskedItself_NothingChanges()
    {
        var (seen, body, response, record) = await ExchangeAsync(Asking, [Tokens()]);

        Assert.Equal(Asking, seen);
        Assert.Equal(Samples.OpenAiStream, Encoding.UTF8.GetBytes(body));
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.Null(record.Changes);
    }

    [Fact]
    public async Task Stream_NoBudgetCountsTokens_NothingChanges()
    {
        var (seen, body, _, _) = await ExchangeAsync(NotAsking, [new BudgetOptions { Requests = 1000 }]);

        Assert.Equal(NotAsking, seen);
        Assert.Equal(Samples.OpenAiStream, Encoding.UTF8.GetBytes(body));
    }

    private static BudgetOptions Tokens() => new() { Window = TimeSpan.FromDays(1), OutputTokens = 1_000_000 };

    private static string Without() =>
        string.Join("\n\n", Encoding.UTF8.GetString(Samples.OpenAiStream).Split("\n\n").Where(block => !block.Contains("\"usage\"", StringComparison.Ordinal)));

    // The members of the nested object may come in another order.
    private static string Normal(string body)
    {
        using var json = JsonDocument.Parse(body);
        Assert.True(json.RootElement.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        Assert.False(json.RootElement.GetProperty("stream_options").GetProperty("include_obfuscation").GetBoolean());
        return body.Replace("{\"include_usage\":true,\"include_obfuscation\":false}", "{\"include_obfuscation\":false,\"include_usage\":true}", StringComparison.Ordinal);
    }

    private static async Task<(string Seen, string Body, HttpResponseMessage Response, Stillgate.Protocol.ExchangeLog.ExchangeRecord Record)> ExchangeAsync(string request, BudgetOptions[] budgets)
    {
        var seen = "";
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = await reader.ReadToEndAsync();
            context.Response.ContentType = "text/event-stream";
            context.Response.ContentLength = Samples.OpenAiStream.Length;
            foreach (var piece in Samples.OpenAiStream.Chunk(29))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Budgets = budgets });
        var response = await gateway.SendAsync(Samples.OpenAiPath, request);
        return (seen, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response, await gateway.Records.NextAsync());
    }
}
