using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Controls.Ledgers;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>A logit bias and log-probabilities are kept apart over the accounts of a campaign, and only so many tokens may be biased.</summary>
public sealed class BiasControlTests
{
    private const string Bias = """{"model":"m","logit_bias":{"5":10},"messages":[]}""";
    private const string Logprobs = """{"model":"m","logprobs":true,"messages":[]}""";

    [Theory]
    [InlineData("acc-1,acc-2", 403)]
    [InlineData("acc-1", 200)]
    public async Task On_TwoAccountsByTurns_AreOneWhereTheyAreOneCampaign(string members, int expected)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, new ControlOptions { LogitBiasWithLogprobs = ControlMode.On }, members);

        using var first = await gateway.SendAsync(Samples.OpenAiPath, Bias);
        using var second = await SendAsOtherAsync(gateway, Logprobs);

        Assert.Equal((200, expected), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Theory]
    [InlineData("acc-1,acc-2", 403)]
    [InlineData("acc-1", 200)]
    public async Task On_DistinctTokens_AreCountedOverTheCampaign(string members, int expected)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, new ControlOptions { LogitBiasTokens = ControlMode.On, LogitBiasTokensMax = 3 }, members);

        using var three = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logit_bias":{"1":1,"2":1,"3":1}}""");
        using var again = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logit_bias":{"3":100,"1":-1}}""");
        using var fourth = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logit_bias":{"4":1}}""");
        using var other = await SendAsOtherAsync(gateway, """{"model":"m","logit_bias":{"4":1}}""");

        Assert.Equal([200, 200, 403, expected], ((HttpResponseMessage[])[three, again, fourth, other]).Select(response => (int)response.StatusCode));
        Assert.Equal("logit_bias_tokens_spent", await RefusalTests.OpenAiCodeAsync(fourth));
    }

    [Fact]
    public async Task Observe_DistinctTokens_PassAndAreRecorded()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, new ControlOptions { LogitBiasTokens = ControlMode.Observe, LogitBiasTokensMax = 1 }, "");

        using var response = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","logit_bias":{"1":1,"2":1}}""");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(["observed:logit_bias_tokens=1"], (await gateway.Records.NextAsync()).Changes!);
    }

    [Fact]
    public void Ledger_PastTheWindow_CountsAnew()
    {
        var time = new LedgerClock();
        var (ledger, window) = (new LogitBiasLedger(time), TimeSpan.FromHours(1));
        Assert.True(ledger.TryNoteTokens([7], [11, 12], 2, window));
        Assert.False(ledger.TryNoteTokens([7], [13], 2, window));
        Assert.True(ledger.TryNote([7], bias: true, logprobs: false, window));
        Assert.False(ledger.TryNote([7], bias: false, logprobs: true, window));

        time.Now += TimeSpan.FromHours(1).Ticks;

        Assert.True(ledger.TryNoteTokens([7], [13], 2, window));
        Assert.True(ledger.TryNote([7], bias: false, logprobs: true, window));
    }

    private static Task<RunningGateway> StartAsync(FakeProvider provider, ControlOptions controls, string members) => RunningGateway.StartAsync(
        provider.Address, options => options with { Controls = controls }, host => host with { Campaigns = new OneCampaign(members.Split(',')) });

    private static Task<HttpResponseMessage> SendAsOtherAsync(RunningGateway gateway, string body)
    {
        var key = gateway.Host.KeyStore.Create("acc-2", null).Secret;
        gateway.Host.ReloadKeys();
        return gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, body, key));
    }

    private sealed class OneCampaign(string[] members) : ICampaignDirectory
    {
        public string? CampaignOf(string account) => members.Contains(account) ? "c-1" : null;
    }

    private sealed class LedgerClock : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
