using System.Net;
using System.Text.Json;
using Stillgate.Parties.Places;
using Xunit;

namespace Stillgate.Tests.Parties.Places;

public sealed class PlacesIndexTests : IDisposable
{
    private readonly PlacesBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData("192.0.2.1", "DE", "unanimous", 3, 3)]
    [InlineData("192.0.2.129", "DE", "majority", 3, 2)]
    [InlineData("198.51.100.1", null, "split", 2, 0)]
    [InlineData("203.0.113.1", null, "single", 1, 1)]
    [InlineData("10.0.0.1", null, "none", 0, 0)]
    public void Lookup_VotesOfThreeBases_GiveTheAgreement(string address, string? country, string agreement, int speaking, int supporting)
    {
        _builder
            .Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,FR", "203.0.113.0,203.0.113.255,CN")
            .Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,NL")
            .Add("three", PlaceSays.Country, "three", "192.0.2.0,192.0.2.127,DE", "192.0.2.128,192.0.2.255,AT");
        using var index = _builder.Build();

        var facts = PlaceFacts.Of(index.Lookup(IPAddress.Parse(address)), declared: null, index.KnowsClasses);

        Assert.Equal(country, facts.Country);
        Assert.Equal(agreement, facts.Agreement);
        Assert.Equal((speaking, supporting), (facts.SpeakingCount, facts.SupportingCount));
    }

    [Fact]
    public void Lookup_SourcesOfOneBasis_HaveOneVoteTogether()
    {
        _builder
            .Add("one", PlaceSays.Country, "registration", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,DE")
            .Add("two", PlaceSays.Country, "registration", "192.0.2.0,192.0.2.255,DE", "198.51.100.0,198.51.100.255,FR");
        using var index = _builder.Build();

        // Two databases that repeat one register are one witness; a basis that contradicts itself says nothing.
        Assert.Equal(PlaceAgreement.Alone, index.Lookup(IPAddress.Parse("192.0.2.1")).Agreement);
        Assert.False(index.Lookup(IPAddress.Parse("192.0.2.1")).Country.IsKnown);
        Assert.Equal(default, index.Lookup(IPAddress.Parse("198.51.100.1")).Leading);
    }

    [Fact]
    public void Lookup_AtTheEndsOfRangesAndFamilies_IsExact()
    {
        _builder
            .Add("one", PlaceSays.Country, "one", "0.0.0.0,0.0.0.0,AA", "0.0.0.1,0.0.0.1,DE", "255.255.255.255,255.255.255.255,FR", "::,::1,NL", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,BE", "2001:db8::,2001:db8::ffff,SE")
            .Add("two", PlaceSays.Country, "two", "0.0.0.1,0.0.0.1,DE", "255.255.255.255,255.255.255.255,FR", "::,::1,NL", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,BE", "2001:db8::,2001:db8::ffff,SE");
        using var index = _builder.Build();

        string Country(string address) => index.Lookup(IPAddress.Parse(address)).Country.ToString();
        Assert.Equal(["", "DE", "", "", "FR"], new[] { "0.0.0.0", "0.0.0.1", "0.0.0.2", "255.255.255.254", "255.255.255.255" }.Select(Country));
        Assert.Equal(["NL", "NL", "", "SE", "SE", "", "", "BE"], new[] { "::", "::1", "::2", "2001:db8::", "2001:db8::ffff", "2001:db8::1:0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" }.Select(Country));
        Assert.Equal("DE", Country("::ffff:0.0.0.1"));
    }

    [Fact]
    public void Lookup_AddressInSeveralLists_KeepsAllAndNamesTheClosest()
    {
        _builder
            .Add("dc", PlaceSays.Hosting, "dc", "# data centres", "192.0.2.0/24", "192.0.2.0/25", "2001:db8::/32")
            .Add("vpn", PlaceSays.Vpn, "vpn", "192.0.2.64/26", "192.0.2.1")
            .Add("relay", PlaceSays.Relay, "relay", "192.0.2.64/27 ; comment")
            .Add("tor", PlaceSays.Tor, "tor", "ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E", "Published 2026-11-20 01:02:03", "ExitAddress 192.0.2.65 2026-11-20 02:03:04")
            .Add("asn", PlaceSays.Network, "asn", "192.0.2.0,192.0.2.255,64496,\"Example, Inc.\"");
        using var index = _builder.Build();

        NetworkClasses Class(string address) => index.Lookup(IPAddress.Parse(address)).Class;
        Assert.Equal([NetworkClasses.Hosting, NetworkClasses.Vpn, NetworkClasses.Vpn, NetworkClasses.Relay, NetworkClasses.Tor, NetworkClasses.None, NetworkClasses.Hosting],
            new[] { "192.0.2.0", "192.0.2.1", "192.0.2.100", "192.0.2.64", "192.0.2.65", "192.0.3.0", "2001:db8::1" }.Select(Class));
        var answer = index.Lookup(IPAddress.Parse("192.0.2.65"));
        Assert.Equal(NetworkClasses.Hosting | NetworkClasses.Vpn | NetworkClasses.Relay | NetworkClasses.Tor, answer.Classes);
        Assert.Equal(["dc", "vpn", "relay", "tor"], index.Detail(answer).Lists);
        Assert.Equal((64496u, "Example, Inc."), (answer.Network, index.Detail(answer).NetworkName));
        Assert.Equal("unlisted", PlaceFacts.Of(index.Lookup(IPAddress.Parse("192.0.3.0")), null, index.KnowsClasses).Network);
    }

    [Fact]
    public void Lookup_RandomSources_EqualsTheSlowWay()
    {
        const int Seed = 71;
        var random = new Random(Seed);
        string[] codes = ["DE", "FR", "CN"];
        var stated = Enumerable.Range(0, 4).Select(_ => Ranges(random, codes)).ToArray();
        for (var i = 0; i < stated.Length; i++)
        {
            _builder.Add("s" + i, PlaceSays.Country, "basis" + (i / 2 * i), [.. stated[i].Select(range => $"10.0.0.{range.Start},10.0.0.{range.End},{range.Code}"), .. stated[i].Select(range => $"2001:db8::{range.Start:x},2001:db8::{range.End:x},{range.Code}")]);
        }

        using var index = _builder.Build();
        for (var last = 0; last < 256; last++)
        {
            var expected = stated.Select(ranges => ranges.FirstOrDefault(range => range.Start <= last && last <= range.End).Code ?? "").ToArray();
            var v4 = index.Lookup(new IPAddress([10, 0, 0, (byte)last]));
            Assert.Equal(expected, index.Detail(v4).Votes.Select(vote => vote.Country.ToString()));
            var v6 = index.Lookup(IPAddress.Parse($"2001:db8::{last:x}"));
            Assert.Equal(expected, index.Detail(v6).Votes.Select(vote => vote.Country.ToString()));
        }
    }

    [Fact]
    public void Lookup_Warm_AllocatesNothing()
    {
        _builder.Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE").Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE").Add("dc", PlaceSays.Hosting, "dc", "192.0.2.0/24");
        using var index = _builder.Build();
        IPAddress[] addresses = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("::ffff:192.0.2.1")];
        var known = 0;
        for (var i = 0; i < 2000; i++)
        {
            known += PlaceFacts.Of(index.Lookup(addresses[i % 3]), "DE", knowsClasses: true).Country is null ? 0 : 1;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++)
        {
            known += PlaceFacts.Of(index.Lookup(addresses[i % 3]), "DE", knowsClasses: true).Country is null ? 0 : 1;
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 2000;
        using var budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "eng", "alloc-budgets.json")));
        Assert.InRange(each, 0, budgets.RootElement.GetProperty("place looked up").GetInt64());
        Assert.Equal(2 * 1333, known);
    }

    [Fact]
    public void Lookup_AfterDispose_IsRefused()
    {
        _builder.Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE");
        var index = _builder.Build();
        index.Dispose();

        Assert.Throws<ObjectDisposedException>(() => index.Lookup(IPAddress.Parse("192.0.2.1")));
    }

    private static List<(int Start, int End, string Code)> Ranges(Random random, string[] codes)
    {
        var ranges = new List<(int, int, string)>();
        for (var at = random.Next(20); at < 256; at += 1 + random.Next(30))
        {
            var end = Math.Min(255, at + random.Next(40));
            ranges.Add((at, end, codes[random.Next(codes.Length)]));
            at = end;
        }

        return ranges;
    }
}
