using System.Net;
using MaxMind.Db;
using Stillgate.Parties.Places;
using Xunit;

namespace Stillgate.Tests.Parties.Places;

/// <summary>The compiled file against the library whose databases it was compiled from.</summary>
public sealed class PlacesAgainstLibraryTests : IDisposable
{
    private readonly PlacesBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData("iptoasn-country.mmdb")]
    [InlineData("geo-whois-asn-country.mmdb")]
    public void Lookup_OnBothSidesOfEveryBoundary_EqualsTheLibrary(string database)
    {
        Assert.SkipWhen(Repository.Data is null, "The databases of addresses are part of the development data, which is absent (STILLGATE_DATA).");
        var path = Path.Combine(Repository.Data, "ip", "geo", database);
        using var index = _builder.AddFiles("real", PlaceSays.Country, "real", path).Build();
        using var library = new Reader(path, FileAccessMode.Memory);
        var checkedCount = 0;
        foreach (var network in library.FindAll<Dictionary<string, object>>())
        {
            var (start, isV4) = AddressNumber.Of(network.Start);
            var size = UInt128.One << ((isV4 ? 32 : 128) - network.PrefixLength);
            foreach (var number in new[] { start - 1, start, start + size - 1, start + size })
            {
                // Just outside of the family, and where IPv4 lies within IPv6, the two differ in what they call an address.
                if (isV4 ? number > uint.MaxValue : (ulong)(number >> 64) == 0 && (ulong)number >> 32 is 0 or 0xFFFF)
                {
                    continue;
                }

                var address = AddressNumber.Address(number, isV4);
                var expected = library.Find<Dictionary<string, object>>(address)?.GetValueOrDefault("country_code") as string;
                Assert.Equal(CountryCode.Parse(expected), index.Lookup(address).Leading);
                checkedCount++;
            }
        }

        Assert.InRange(checkedCount, 500_000, int.MaxValue);
    }

    [Fact]
    public void Lookup_PairOfRealDatabases_AgreesOnMostAndUndeterminesTheRest()
    {
        Assert.SkipWhen(Repository.Data is null, "The databases of addresses are part of the development data, which is absent (STILLGATE_DATA).");
        var folder = Path.Combine(Repository.Data, "ip");
        using var index = _builder
            .AddFiles("iptoasn", PlaceSays.Country, "as-registration", Path.Combine(folder, "geo", "iptoasn-country.mmdb"))
            .AddFiles("ipfire", PlaceSays.Country, "ipfire", Path.Combine(folder, "geo", "ipfire_tor_geoip_v4_20260625.csv.gz"))
            .AddFiles("relay", PlaceSays.Relay, "relay", Path.Combine(folder, "hosting-vpn", "ipranges", "apple-proxy_ipv4.txt"))
            .AddFiles("vpn", PlaceSays.Vpn, "vpn", Path.Combine(folder, "hosting-vpn", "x4bnet", "vpn_ipv4.txt"))
            .Build();
        var random = new Random(7);
        var answers = Enumerable.Range(0, 100_000).Select(_ => index.LookupV4((uint)random.NextInt64(1L << 24, 224L << 24))).ToArray();

        Assert.All(answers, answer => Assert.Equal(answer.Agreement >= PlaceAgreement.Majority, answer.Country.IsKnown));
        Assert.InRange(answers.Count(answer => answer.Agreement == PlaceAgreement.Unanimous), 70_000, 99_000);
        Assert.InRange(answers.Count(answer => answer.Agreement == PlaceAgreement.Split), 100, 20_000);

        // The VPN list has all of Apple's relay in it; its users keep their coarse place and are not VPN users.
        var relay = File.ReadLines(Path.Combine(folder, "hosting-vpn", "ipranges", "apple-proxy_ipv4.txt")).Select(line => IPAddress.Parse(line.Split('/')[0])).ToArray();
        Assert.All(relay, address => Assert.Equal(NetworkClasses.Relay, index.Lookup(address).Class));
        Assert.Contains(relay, address => (index.Lookup(address).Classes & NetworkClasses.Vpn) != 0);
    }
}
