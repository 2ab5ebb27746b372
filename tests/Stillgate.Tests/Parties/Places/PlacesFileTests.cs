using System.Net;
using Stillgate.Parties.Places;
using Xunit;

namespace Stillgate.Tests.Parties.Places;

public sealed class PlacesFileTests : IDisposable
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Parties", "Places", "golden-1.idx");

    private readonly PlacesBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Fact]
    public void Golden_OfVersion1_IsReadAndWrittenTheSame()
    {
        using (var golden = PlacesIndex.Open(Golden))
        {
            var answer = golden.Lookup(IPAddress.Parse("192.0.2.7"));
            Assert.Equal(("DE", PlaceAgreement.Unanimous, 64496u, NetworkClasses.Vpn), (answer.Country.ToString(), answer.Agreement, answer.Network, answer.Class));
            Assert.Equal(["vpn"], golden.Detail(answer).Lists);
            Assert.Equal("Example Net", golden.Detail(answer).NetworkName);
            Assert.Equal("CC0-1.0", golden.Sources[0].Licence);
            Assert.Equal("SE", golden.Lookup(IPAddress.Parse("2001:db8::ffff")).Country.ToString());
        }

        OfGolden(_builder).Replace();

        Assert.Equal(File.ReadAllBytes(Golden), File.ReadAllBytes(_builder.File));
    }

    [Fact]
    public void Open_AnyByteChanged_IsRefused()
    {
        OfGolden(_builder).Replace();
        var good = File.ReadAllBytes(_builder.File);
        var bad = Path.ChangeExtension(_builder.File, ".bad");
        for (var at = 0; at < good.Length; at++)
        {
            var changed = (byte[])good.Clone();
            changed[at] ^= 0x5A;
            File.WriteAllBytes(bad, changed);

            // The two bytes that pad the sizes of the header mean nothing and are not hashed.
            if (at is not 15)
            {
                Assert.Throws<PlacesException>(() => PlacesIndex.Open(bad));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Open_CutOff_IsRefused(int length)
    {
        OfGolden(_builder).Replace();
        File.WriteAllBytes(_builder.File, File.ReadAllBytes(_builder.File)[..length]);

        Assert.Throws<PlacesException>(() => PlacesIndex.Open(_builder.File));
    }

    [Theory]
    [InlineData(PlaceSays.Country, "192.0.2.0,192.0.2.255", "line 1: 2 fields")]
    [InlineData(PlaceSays.Country, "# note\n192.0.2.9,192.0.2.1,DE", "line 2: a range from 192.0.2.9 to 192.0.2.1")]
    [InlineData(PlaceSays.Country, "192.0.2.0,2001:db8::,DE", "line 1: a range")]
    [InlineData(PlaceSays.Country, "192.0.2,192.0.2.255,DE", "line 1: '192.0.2' is no address")]
    [InlineData(PlaceSays.Country, "192.0.2.0,192.0.2.255,Germany", "line 1: 'Germany' as country")]
    [InlineData(PlaceSays.Country, "192.0.2.0,192.0.2.255,??", "no range in it")]
    [InlineData(PlaceSays.Network, "192.0.2.0,192.0.2.255,Example", "line 1: 'Example' as autonomous system")]
    [InlineData(PlaceSays.Vpn, "192.0.2.0/24\n192.0.2.0/33", "line 2: '192.0.2.0/33' is no address")]
    [InlineData(PlaceSays.Tor, "<html>", "line 1: '<html>' is no address")]
    public void Replace_WrongSource_NamesFileAndLineAndLeavesTheOld(PlaceSays says, string content, string expected)
    {
        OfGolden(_builder).Replace();
        var before = File.ReadAllBytes(_builder.File);
        _builder.Add("wrong", says, "wrong", content);

        var message = Assert.Throws<PlacesException>(_builder.Replace).Message;

        Assert.Contains("wrong.", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_builder.File));
    }

    [Fact]
    public void Replace_Succeeds_KeepsThePreviousAndOpenReadersSeeTheirOwn()
    {
        OfGolden(_builder).Replace();
        var before = File.ReadAllBytes(_builder.File);
        using var reader = PlacesIndex.Open(_builder.File);
        _builder.Add("late", PlaceSays.Country, "late", "192.0.2.0,192.0.2.255,FR");
        _builder.Replace();

        Assert.Equal(before, File.ReadAllBytes(_builder.File + PlacesFile.PreviousSuffix));
        Assert.Equal(PlaceAgreement.Unanimous, reader.Lookup(IPAddress.Parse("192.0.2.7")).Agreement);
        using var fresh = PlacesIndex.Open(_builder.File);
        Assert.Equal(PlaceAgreement.Majority, fresh.Lookup(IPAddress.Parse("192.0.2.7")).Agreement);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(_builder.File)!, "places.idx*").Length);
    }

    [Fact]
    public void Replace_SourceThatContradictsItself_SaysNothingThere()
    {
        string[] many = [.. Enumerable.Range(0, 2000).Select(i => $"10.{i / 256}.{i % 256}.0,10.{i / 256}.{i % 256}.127,{(i % 2 == 0 ? "DE" : "FR")}")];
        _builder.Add("one", PlaceSays.Country, "one", [.. many, "192.0.2.0,192.0.2.200,DE", "192.0.2.100,192.0.2.255,FR"]);
        using var index = _builder.Build();

        string Leading(string address) => index.Lookup(IPAddress.Parse(address)).Leading.ToString();
        Assert.Equal(["DE", "", "", "FR"], new[] { "192.0.2.99", "192.0.2.100", "192.0.2.200", "192.0.2.201" }.Select(Leading));
        Assert.Equal(1, index.Sources[0].ContradictionCount);
    }

    [Fact]
    public void Replace_SourceOfContradictions_IsRefused()
    {
        _builder.Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.20,DE", "192.0.2.10,192.0.2.30,FR", "192.0.2.25,192.0.2.40,DE");

        Assert.Contains("says two things of 2 stretches", Assert.Throws<PlacesException>(_builder.Replace).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_TwoSourcesOfOneName_IsRefused()
    {
        _builder.Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.20,DE").Add("one", PlaceSays.Country, "two", "192.0.2.0,192.0.2.20,DE");

        Assert.Contains("'one'", Assert.Throws<PlacesException>(_builder.Replace).Message, StringComparison.Ordinal);
    }

    private static PlacesBuilder OfGolden(PlacesBuilder builder) => builder
        .Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE", "2001:db8::,2001:db8::ffff,SE", "3405803776,3405804031,FR")
        .Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE", "2001:db8::,2001:db8::ffff,SE", "198.51.100.0,198.51.100.255,??")
        .Add("asn", PlaceSays.Network, "routing", "192.0.2.0,192.0.2.255,64496,Example Net")
        .Add("vpn", PlaceSays.Vpn, "vpn", "192.0.2.0/28");
}
