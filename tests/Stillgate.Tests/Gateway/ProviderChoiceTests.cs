using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Gateway;

public sealed class ProviderChoiceTests
{
    [Fact]
    public void Choose_ByWeight_SharesAreExact()
    {
        var table = Table(Provider("a", weight: 3), Provider("b", weight: 1), Provider("other", models: "x-*"));

        var names = Enumerable.Range(0, 400).Select(_ => table.Choose(Dialects.OpenAiChat, "m-large", [])!.Options.Name).ToList();

        Assert.Equal((300, 100), (names.Count(name => name == "a"), names.Count(name => name == "b")));
    }

    [Fact]
    public void Choose_AfterFailures_PassesOverAndComesBack()
    {
        var table = Table(Provider("a"), Provider("b"));
        var a = Enumerable.Range(0, 2).Select(_ => table.Choose(Dialects.OpenAiChat, "m", [])!).First(provider => provider.Options.Name == "a");
        for (var i = 0; i < ProviderState.FailuresMax; i++)
        {
            a.Failed();
        }

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal("b", table.Choose(Dialects.OpenAiChat, "m", [])!.Options.Name));
        a.Succeeded();
        Assert.Contains(Enumerable.Range(0, 2), _ => table.Choose(Dialects.OpenAiChat, "m", [])!.Options.Name == "a");
    }

    [Fact]
    public void Choose_AllRest_StillTries()
    {
        var table = Table(Provider("a"));
        var a = table.Choose(Dialects.OpenAiChat, "m", [])!;
        for (var i = 0; i < ProviderState.FailuresMax; i++)
        {
            a.Failed();
        }

        Assert.Same(a, table.Choose(Dialects.OpenAiChat, "m", []));
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("m-*", "m-large", true)]
    [InlineData("m-*", "x-m-large", false)]
    [InlineData("*-mini*", "m-mini-2", true)]
    [InlineData("m", "m2", false)]
    [InlineData("a*b*c", "aXbXbYc", true)]
    public void Pattern_Matches(string pattern, string model, bool expected) => Assert.Equal(expected, ModelPattern.Matches(pattern, model));

    [Fact]
    public async Task Provider_CannotBeReached_NextOneAnswers()
    {
        Uri gone;
        await using (var closed = await FakeProvider.BodyAsync([]))
        {
            gone = closed.Address;
        }

        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(gone, options => options with { Providers = [options.Providers[0], options.Providers[0] with { Name = "second", Address = provider.Address }] });

        for (var i = 0; i < 4; i++)
        {
            using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(Samples.OpenAiBody, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal("complete", (await gateway.Records.NextAsync()).End);
        }
    }

    [Fact]
    public async Task Provider_FailsAfterItHasTheRequest_IsNotAskedAgain()
    {
        var asked = 0;
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            asked++;
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Providers = [options.Providers[0], options.Providers[0] with { Name = "second" }] });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal((502, 1), ((int)response.StatusCode, asked));
    }

    private static ProviderOptions Provider(string name, int weight = 1, string models = "*") => new()
    {
        Name = name,
        Address = new Uri("http://127.0.0.1:9"),
        Dialects = [Dialects.OpenAiChat],
        Models = [models],
        Weight = weight,
    };

    private static ProviderTable Table(params ProviderOptions[] providers) => new(providers, TimeProvider.System);
}
