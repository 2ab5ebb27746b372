using System.Text;
using Stillgate.Gateway;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>What may leave besides the text: off, observed or on; announced wherever something is changed.</summary>
public sealed class ControlTests
{
    private const string Request = """{"model":"m","messages":[{"role":"user","content":"hi"}],"logprobs":true , "top_logprobs":5,"n":3,"max_tokens":99999,"seed":1.0e0}""";

    [Fact]
    public async Task Off_Request_PassesUntouched()
    {
        var (seen, response, record) = await AskAsync(new ControlOptions(), Request);

        Assert.Equal(Request, seen);
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.Null(record.Changes);
    }

    [Fact]
    public async Task Observe_Request_PassesUntouchedAndTheRecordSaysWhat()
    {
        var (seen, response, record) = await AskAsync(All(ControlMode.Observe), Request);

        Assert.Equal(Request, seen);
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.Equal(["observed:logprobs", "observed:n=1", "observed:max_output_tokens=100"], record.Changes!);
    }

    [Fact]
    public async Task On_Request_IsChangedAndAnnounced()
    {
        var (seen, response, record) = await AskAsync(All(ControlMode.On), Request);

        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"hi"}],"n":1,"seed":1.0e0,"max_completion_tokens":100}""", seen);
        Assert.Equal("stripped:logprobs, capped:n=1, capped:max_output_tokens=100", response.Headers.GetValues("stillgate-changes").Single());
        Assert.Equal(["stripped:logprobs", "capped:n=1", "capped:max_output_tokens=100"], record.Changes!);
    }

    [Fact]
    public async Task On_OutputNotBounded_GetsABound()
    {
        var (seen, _, record) = await AskAsync(All(ControlMode.On), """{"model":"m"}""");

        Assert.Equal("""{"model":"m","max_completion_tokens":100}""", seen);
        Assert.Equal(["capped:max_output_tokens=100"], record.Changes!);
    }

    [Fact]
    public async Task On_LogitBiasAndLogprobsByTurns_SecondIsRefused()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, new ControlOptions { LogitBiasWithLogprobs = ControlMode.On });

        using var bias = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logit_bias":{"5":10}}""");
        using var again = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logit_bias":{"6":10}}""");
        using var logprobs = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logprobs":true}""");
        using var both = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logprobs":true,"logit_bias":{"5":10}}""");

        Assert.Equal([200, 200, 403, 403], ((HttpResponseMessage[])[bias, again, logprobs, both]).Select(response => (int)response.StatusCode));
        Assert.Equal("logit_bias_with_logprobs", await RefusalTests.OpenAiCodeAsync(logprobs));
    }

    [Fact]
    public async Task On_GeminiLogprobs_AreRefusedSinceTheyCannotBeTakenOut()
    {
        await using var provider = await FakeProvider.BodyAsync("{}"u8.ToArray());
        await using var gateway = await StartAsync(provider, new ControlOptions { Logprobs = ControlMode.On });

        using var response = await gateway.SendAsync("/v1beta/models/m:generateContent", """{"generationConfig":{"responseLogprobs":true}}""");

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Equal("logprobs_not_served", (await gateway.Records.NextAsync()).EndReason);
    }

    [Fact]
    public void Rewrite_EscapedName_IsSeenThrough()
    {
        var body = """{"\u006eame":1,"other":[1,{"name":2}]}"""u8;

        Assert.Equal("""{"other":[1,{"name":2}]}""", Encoding.UTF8.GetString(BodyRewriter.Rewrite(body, new Dictionary<string, string?> { ["name"] = null })));
    }

    private static ControlOptions All(ControlMode mode) => new() { Logprobs = mode, Choices = mode, OutputTokens = mode, OutputTokensMax = 100, LogitBiasWithLogprobs = mode };

    private static Task<RunningGateway> StartAsync(FakeProvider provider, ControlOptions controls) => RunningGateway.StartAsync(
        provider.Address,
        options => options with { Controls = controls, Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] });

    private static async Task<(string Seen, HttpResponseMessage Response, ExchangeRecord Record)> AskAsync(ControlOptions controls, string body)
    {
        var seen = "";
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = await reader.ReadToEndAsync();
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Samples.OpenAiBody);
        });
        await using var gateway = await StartAsync(provider, controls);
        using var response = await gateway.SendAsync(Samples.OpenAiPath, body);
        Assert.Equal(200, (int)response.StatusCode);
        return (seen, response, await gateway.Records.NextAsync());
    }
}
