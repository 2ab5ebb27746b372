using System.Net;
using Stillgate.Parties.Places;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Tests.Parties.Places;
using Xunit;

namespace Stillgate.Tests.Policy;

/// <summary>What rules see of the place that a request came from.</summary>
public sealed class PlaceDecisionTests : IDisposable
{
    private const string OfVpn = "192.0.2.20";
    private const string OfHome = "192.0.2.100";
    private const string OfOneBasis = "198.51.100.1";
    private readonly PlacesBuilder _builder = new();
    private readonly PlacesIndex _index;
    private readonly PlaceBook _places;

    public PlaceDecisionTests()
    {
        _index = _builder
            .Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,DE")
            .Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE")
            .Add("three", PlaceSays.Country, "three", "192.0.2.0,192.0.2.63,DE", "192.0.2.64,192.0.2.255,FR")
            .Add("vpn", PlaceSays.Vpn, "vpn", "192.0.2.16/28")
            .Build();
        _places = new PlaceBook(_index);
    }

    public void Dispose()
    {
        _index.Dispose();
        _builder.Dispose();
    }

    [Theory]
    [InlineData("place.country == 'DE' && place.agreement == 'unanimous' && place.network == 'vpn'", OfVpn, Outcome.Deny)]
    [InlineData("place.country == 'DE' && place.agreement == 'majority' && place.network == 'unlisted'", OfHome, Outcome.Deny)]
    [InlineData("place.speaking == 3 && place.supporting == 2", OfHome, Outcome.Deny)]
    [InlineData("place.speaking == 1 && place.agreement == 'single'", OfOneBasis, Outcome.Deny)]
    [InlineData("place.declared == 'differs'", OfHome, Outcome.Deny)]
    [InlineData("place.declared == 'same'", OfHome, Outcome.Allow)]

    // An exit of a VPN says nothing of where its user is, and one basis alone is no evidence.
    [InlineData("place.declared == 'differs'", OfVpn, Outcome.Observe)]
    [InlineData("place.country == 'DE'", OfOneBasis, Outcome.Observe)]
    [InlineData("place.network == 'tor'", OfHome, Outcome.Allow)]
    public void Rule_OverAPlace_DecidesByWhatTheFileSays(string condition, string address, Outcome expected) =>
        Assert.Equal(expected, Decide(condition, Account(), _places.At(IPAddress.Parse(address))).Outcome);

    [Fact]
    public void Place_ThatARequestBrings_StandsOverOneOfTheAccount()
    {
        var account = Account(("place.country", ExpressionValue.Of("US")));

        Assert.Equal(Outcome.Deny, Decide("place.country == 'US'", account, place: null).Outcome);
        Assert.Equal(Outcome.Allow, Decide("place.country == 'US'", account, _places.At(IPAddress.Parse(OfVpn))).Outcome);

        // An old country must not stand where the new address tells none.
        Assert.Equal(Outcome.Observe, Decide("place.country == 'US'", account, _places.At(IPAddress.Parse(OfOneBasis))).Outcome);
    }

    [Fact]
    public void Facts_OfADecision_NameTheFileAlsoWhereItLeavesThemOpen()
    {
        var facts = Decide("place.country == 'US' && place.declared == 'differs'", Account(), _places.At(IPAddress.Parse(OfOneBasis))).Facts;

        Assert.Equal(["place.country undetermined", "place.declared undetermined"], facts.Select(fact => $"{fact.Name} {fact.Value}"));
        Assert.All(facts, fact => Assert.Equal(("places: one 1, two 1, three 1, vpn 1", PlacesBuilder.Built), (fact.Source!.Source, fact.Source.Since)));
    }

    [Fact]
    public void Addresses_OfWhichTheFileSaysTheSame_AreOnePlace()
    {
        Assert.Same(_places.At(IPAddress.Parse(OfHome)), _places.At(IPAddress.Parse("::ffff:192.0.2.101")));
        Assert.NotSame(_places.At(IPAddress.Parse(OfHome)), _places.At(IPAddress.Parse(OfVpn)));
    }

    [Fact]
    public void Cases_OfAPolicy_MayGiveThePlace()
    {
        var text = PolicySeed.Rules(("r", "place.speaking >= 2 && place.network == 'tor'", "deny", "")) + """
            tests:
              - { name: tor, at: 2026-06-01, model: m, facts: { place.speaking: 3, place.network: tor }, expect: { outcome: deny, rule: r } }
              - { name: not known, at: 2026-06-01, model: m, facts: {}, expect: { outcome: observe, rule: r } }
            """;

        Assert.NotNull(PolicyCompiler.TryCompile([("p.yaml", text)], out var problems));
        Assert.Empty(problems);
        Assert.Null(PolicyCompiler.TryCompile([("p.yaml", text.Replace("place.speaking: 3", "place.speaking: three", StringComparison.Ordinal))], out var wrong));
        Assert.Contains(wrong, problem => problem.Message.Contains("place.speaking", StringComparison.Ordinal));
    }

    private static AccountFacts Account(params (string Name, ExpressionValue Value)[] more) => new()
    {
        From = DateTimeOffset.MinValue,
        Facts = more.Append(("account.country", ExpressionValue.Of("fr"))).ToDictionary(fact => fact.Item1, fact => fact.Item2, StringComparer.Ordinal),
    };

    private static Decision Decide(string condition, AccountFacts account, RequestPlace? place)
    {
        var policy = PolicySeed.Compile(PolicySeed.Rules(("r", condition, "deny", "")));
        return policy.Decide(policy.StandingOf([account]), new DecisionRequest("m", PolicySeed.Day("2026-06-01")) { Place = place });
    }
}
