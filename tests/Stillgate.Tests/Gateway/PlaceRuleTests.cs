using System.Net;
using Stillgate.Gateway.Clients;
using Stillgate.Parties.Places;
using Stillgate.Server.Commands;
using Stillgate.Tests.Parties.Places;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Places through the front door: they act through a rule, and through nothing else.</summary>
public sealed class PlaceRuleTests : IDisposable
{
    private const string Hidden = "place.network in ['tor', 'hosting']";
    private const string OfTor = "192.0.2.33";
    private const string OfHosting = "192.0.2.1";
    private const string OfHome = "192.0.2.100";
    private readonly PlacesBuilder _builder = new();

    public PlaceRuleTests() => _builder
        .Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,DE")
        .Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE")
        .Add("dc", PlaceSays.Hosting, "dc", "192.0.2.0/28")
        .Add("tor", PlaceSays.Tor, "tor", "192.0.2.32/28")
        .Replace();

    public void Dispose() => _builder.Dispose();

    [Fact]
    public async Task Rule_OnTorAndHosting_RefusesThemWithProofAndNobodyElse()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, _builder.File, ("r", Hidden, "deny", ""));

        foreach (var (address, word) in new[] { (OfTor, "'tor'"), (OfHosting, "'hosting'") })
        {
            using var refused = await ClientAddressTests.SendFromAsync(gateway, address);
            var record = await gateway.Records.NextAsync();

            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("fact=place.network@2026-11-24", Assert.Single(refused.Headers.GetValues("stillgate-decision")), StringComparison.Ordinal);
            var fact = Assert.Single(record.Decision!.Facts!);
            Assert.Equal(("place.network", word, "places: one 1, two 1, dc 1, tor 1", PlacesBuilder.Built), (fact.Name, fact.Value, fact.Source, fact.Since));
            Assert.Equal(address, record.Client!.Ip);
        }

        using var served = await ClientAddressTests.SendFromAsync(gateway, OfHome);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Null((await gateway.Records.NextAsync()).Decision);
    }

    [Fact]
    public async Task Place_WithoutARuleThatAsksForIt_ChangesNothing()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, _builder.File, ("r", "account.id == 'somebody-else'", "deny", ""));

        using var served = await ClientAddressTests.SendFromAsync(gateway, OfTor);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Null((await gateway.Records.NextAsync()).Decision);
    }

    [Fact]
    public async Task Place_WithoutAFileOrAnAddress_IsUndetermined()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using (var without = await StartAsync(provider, places: null, ("r", Hidden, "deny", "")))
        {
            using var served = await ClientAddressTests.SendFromAsync(without, OfTor);
            var decision = (await without.Records.NextAsync()).Decision!;
            Assert.Equal((HttpStatusCode.OK, "observe", true), (served.StatusCode, decision.Outcome, decision.Undetermined));
        }

        await using var gateway = await StartAsync(provider, _builder.File, ("r", Hidden, "deny", ""));
        using var unknown = await ClientAddressTests.SendFromAsync(gateway, "unknown");
        Assert.Equal((HttpStatusCode.OK, true), (unknown.StatusCode, (await gateway.Records.NextAsync()).Decision!.Undetermined));
    }

    [Fact]
    public async Task File_PutInTheOldOnesPlace_IsInForceWithoutARestartAndABrokenOneIsNot()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, _builder.File, ("r", Hidden, "deny", ""));
        using var before = await ClientAddressTests.SendFromAsync(gateway, OfHome);

        // A file that cannot be used changes nothing; the sound one after it is taken up.
        var replaced = gateway.Host.FilesReplaced;
        await File.WriteAllTextAsync(_builder.File + ".broken", "not a places file", TestContext.Current.CancellationToken);
        File.Move(_builder.File + ".broken", _builder.File, overwrite: true);
        using var meanwhile = await ClientAddressTests.SendFromAsync(gateway, OfTor);
        _builder.Add("exits", PlaceSays.Tor, "exits", OfHome).Replace();
        await replaced.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using var after = await ClientAddressTests.SendFromAsync(gateway, OfHome);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (before.StatusCode, meanwhile.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Start_WithAFileThatCannotBeUsed_IsRefusedWithItsName()
    {
        await File.WriteAllTextAsync(_builder.File, "not a places file", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<OperatorException>(() => StartAsync(null, _builder.File, ("r", Hidden, "deny", "")));

        Assert.Contains(_builder.File, refused.Message, StringComparison.Ordinal);
    }

    private static Task<RunningGateway> StartAsync(FakeProvider? provider, string? places, (string, string, string, string) rule) => RunningGateway.StartAsync(
        provider?.Address ?? new Uri("http://127.0.0.1:9"),
        options => options with { TrustedProxies = new TrustedProxyOptions { Networks = [IPNetwork.Parse("127.0.0.0/8")] } },
        host =>
        {
            using var seed = new PolicySeed(host.StorePath);
            seed.Activate(PolicySeed.Rules(rule), "r");
            return host with { PlacesPath = places };
        });
}
