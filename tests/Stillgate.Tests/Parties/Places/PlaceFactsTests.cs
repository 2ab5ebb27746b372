using System.Net;
using NetArchTest.Rules;
using Stillgate.Parties.Places;
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
