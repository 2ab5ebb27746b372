using System.Net;
using NetArchTest.Rules;
using Stillgate.Parties.Places;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Rules;
using Stillgate.Server.Places;
using Xunit;

namespace Stillgate.Tests.Parties.Places;

public sealed class PlaceFactsTests : IDisposable
{
    private readonly PlacesBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData("192.0.2.100", "DE", DeclaredPlace.Same)]
    [InlineData("192.0.2.100", "de", DeclaredPlace.Same)]
    [InlineData("192.0.2.100", "FR", DeclaredPlace.Differs)]
    [InlineData("192.0.2.100", null, DeclaredPlace.Undetermined)]
    [InlineData("192.0.2.100", "Germany", DeclaredPlace.Undetermined)]
    [InlineData("192.0.2.1", "FR", DeclaredPlace.Undetermined)]
    [InlineData("192.0.2.20", "FR", DeclaredPlace.Undetermined)]
    [InlineData("192.0.2.36", "FR", DeclaredPlace.Undetermined)]
    [InlineData("192.0.2.52", "FR", DeclaredPlace.Differs)]
    [InlineData("198.51.100.1", "FR", DeclaredPlace.Undetermined)]
    public void Declared_AgainstObserved_OnlyWhereTheAddressSpeaksOfItsUser(string address, string? declared, DeclaredPlace expected)
    {
        using var index = Build();

        Assert.Equal(expected, PlaceFacts.Of(index.Lookup(IPAddress.Parse(address)), declared, index.KnowsClasses).Declared);
    }

    [Fact]
    public void Facts_OfAPlace_ReachARuleAndUndeterminedStaysSo()
    {
        using var index = Build();
        var account = new AccountFacts { From = PlacesBuilder.Built, Facts = new Dictionary<string, ExpressionValue> { ["account.id"] = ExpressionValue.Of("a"), ["place.country"] = ExpressionValue.Of("XX") } };

        var known = PlaceAccountFacts.With(account, PlaceFacts.Of(index.Lookup(IPAddress.Parse("192.0.2.20")), null, index.KnowsClasses), index);
        var unknown = PlaceAccountFacts.With(account, PlaceFacts.Of(index.Lookup(IPAddress.Parse("198.51.100.1")), null, index.KnowsClasses), index);

        Assert.Equal("'DE' 'unanimous' 'vpn'", string.Join(' ', known.Facts["place.country"], known.Facts["place.agreement"], known.Facts["place.network"]));
        Assert.Contains("one 1, two 1", known.Sources["place.country"].Source, StringComparison.Ordinal);
        Assert.Equal(PlacesBuilder.Built, known.Sources["place.country"].Since);

        // An old country must not stand where the new address tells none.
        Assert.False(unknown.Facts.ContainsKey("place.country"));
        Assert.Equal("'single'", unknown.Facts["place.agreement"].ToString());
        Assert.True(unknown.Facts.ContainsKey("account.id"));
    }

    [Fact]
    public void Detection_AndLab_KnowNothingOfPlaces()
    {
        foreach (var project in new[] { "Stillgate.Detection", "Stillgate.Lab" })
        {
            var result = Types.InAssembly(System.Reflection.Assembly.Load(project)).ShouldNot().HaveDependencyOn("Stillgate.Parties.Places").GetResult();

            Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
        }
    }

    private PlacesIndex Build() => _builder
        .Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,DE")
        .Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE")
        .Add("dc", PlaceSays.Hosting, "dc", "192.0.2.0/28")
        .Add("vpn", PlaceSays.Vpn, "vpn", "192.0.2.16/28")
        .Add("tor", PlaceSays.Tor, "tor", "192.0.2.32/28")
        .Add("relay", PlaceSays.Relay, "relay", "192.0.2.48/28")
        .Build();
}
