using System.Net;
using System.Net.Sockets;
using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>What is announced as changed was changed: what was only planned, when a request is refused or the provider answers with an error, is neither announced nor recorded.</summary>
public sealed class AnnouncementTests
{
    private const string Stream = """{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}],"logprobs":true,"n":3,"max_tokens":9}""";
    private static readonly ControlOptions Controls = new() { Logprobs = ControlMode.On, Choices = ControlMode.On, ChoicesMax = 1, OutputTokens = ControlMode.Observe, OutputTokensMax = 8, Reasoning = ControlMode.On };

    [Fact]
    public async Task Refused_ByABudget_AnnouncesNoChange()
    {
        await using var provider = await FakeProvider.StreamAsync(Samples.OpenAiStream, 100);

        var (response, record) = await AskAsync(provider.Address, new BudgetOptions { Window = TimeSpan.FromDays(1), OutputTokens = 1 });

        Assert.Equal((HttpStatusCode.BadRequest, "budget_too_small"), (response.StatusCode, record.EndReason));
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.Equal(["observed:max_output_tokens=8"], record.Changes!);
    }

    [Fact]
    public async Task Refused_ByAControl_AnnouncesNoChangeOfAnother()
    {
        await using var provider = await FakeProvider.StreamAsync(Samples.OpenAiStream, 100);
        await using var gateway = await StartAsync(provider.Address, Tokens(), Controls with { LogitBiasTokens = ControlMode.On, LogitBiasTokensMax = 1 });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","n":3,"messages":[],"logit_bias":{"5":1,"6":1}}""");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.DoesNotContain((await gateway.Records.NextAsync()).Changes ?? [], word => !word.StartsWith("observed:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_SinceNoProviderCanBeReached_AnnouncesNoChange()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var nobody = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        taken.Stop();

        var (response, record) = await AskAsync(nobody, Tokens());

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.Equal(["observed:max_output_tokens=8"], record.Changes!);
    }

    [Fact]
    public async Task Error_OfTheProvider_AnnouncesTheRequestsChangesAndNoneOfTheAnswer()
    {
        await using var provider = await FakeProvider.BodyAsync("""{"error":{"message":"no"}}"""u8.ToArray(), status: 400);

        var (response, record) = await AskAsync(provider.Address, Tokens());

        Assert.Equal("stripped:logprobs, capped:n=1, added:stream_options.include_usage", Assert.Single(response.Headers.GetValues("stillgate-changes")));
        Assert.Equal(["stripped:logprobs", "capped:n=1", "observed:max_output_tokens=8", "added:stream_options.include_usage"], record.Changes!);
    }

    [Fact]
    public async Task Answer_ThatIsNoStreamThoughOneWasAskedFor_HasNoChunkLeftOut()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);

        var (response, _) = await AskAsync(provider.Address, Tokens());

        Assert.Equal("stripped:logprobs, capped:n=1, withheld:reasoning, added:stream_options.include_usage", Assert.Single(response.Headers.GetValues("stillgate-changes")));
    }

    [Fact]
    public async Task Answer_ThatIsAStream_AnnouncesEverything()
    {
        await using var provider = await FakeProvider.StreamAsync(Samples.OpenAiStream, 100);

        var (response, record) = await AskAsync(provider.Address, Tokens());

        Assert.Equal("stripped:logprobs, capped:n=1, withheld:reasoning, added:stream_options.include_usage, stripped:usage_chunk", Assert.Single(response.Headers.GetValues("stillgate-changes")));
        Assert.Contains("withheld:reasoning", record.Changes!);
    }

    private static BudgetOptions Tokens() => new() { Window = TimeSpan.FromDays(1), OutputTokens = 1_000_000 };

    private static Task<RunningGateway> StartAsync(Uri provider, BudgetOptions budget, ControlOptions controls) =>
        RunningGateway.StartAsync(provider, options => options with { Budgets = [budget], Controls = controls });

    private static async Task<(HttpResponseMessage Response, ExchangeRecord Record)> AskAsync(Uri provider, BudgetOptions budget)
    {
        await using var gateway = await StartAsync(provider, budget, Controls);
        var response = await gateway.SendAsync(Samples.OpenAiPath, Stream);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return (response, await gateway.Records.NextAsync());
    }
}
