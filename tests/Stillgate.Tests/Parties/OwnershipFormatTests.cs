using System.Text.Json;
using Stillgate.Parties.Formats;
using Stillgate.Parties.Ownership;
using Xunit;

namespace Stillgate.Tests.Parties;

public sealed class OwnershipFormatTests
{
    private static readonly DateTimeOffset Imported = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_EveryBodsExample_IsUnderstood()
    {
        var files = Directory.GetFiles(Folder("bods", "examples"), "*.json");

        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var ledger = BodsReader.Read(document.RootElement, Imported);
            Assert.NotEmpty(ledger.Parties);
            Assert.All(ledger.Holdings, holding => Assert.NotEqual(holding.Owner, holding.Owned));
        }

        Assert.True(files.Length >= 18);
    }

    [Theory]
    [InlineData("bods-package-entity-owning-entity.json", "e83cce729ada", "12b7dd0770ce", "2026-01-01", Standing.Restricted)]
    [InlineData("bods-package-linking-annotations.json", "0fc263ba4126", "a01c1a0863e2", "2026-01-01", Standing.Clear)]
    [InlineData("bods-package-fi-soe.json", "7ff95ba3682c", "19f1c5afe9d7", "2026-01-01", Standing.Restricted)]
    [InlineData("bods-package-fi-soe.json", "7ff95ba3682c", "19f1c5afe9d7", "2019-12-31", Standing.Clear)]
    [InlineData("indirect-ownership.json", "c25d4d612c2c", "ad3f6c2fcc9e", "2026-01-01", Standing.Undetermined)]
    [InlineData("indirect-ownership.json", "d4ab89ea169a", "ad3f6c2fcc9e", "2026-01-01", Standing.Restricted)]
    [InlineData("joint-ownership.json", "1accb8b18b99", "31c55e425764", "2026-01-01", Standing.Restricted)]
    [InlineData("fermcat.json", "per-41c0bb0cef246f7c", "ent-93c75c87ab28f889", "2020-01-01", Standing.Restricted)]
    [InlineData("fermcat.json", "per-5faa4103dee78621", "ent-93c75c87ab28f889", "2021-04-02", Standing.Restricted)]
    [InlineData("fermcat.json", "per-5faa4103dee78621", "ent-93c75c87ab28f889", "2021-04-03", Standing.Clear)]
    [InlineData("fermcat.json", "per-e334cc6258e56467", "ent-93c75c87ab28f889", "2021-04-03", Standing.Restricted)]
    [InlineData("fermcat.json", "per-e334cc6258e56467", "ent-93c75c87ab28f889", "2022-01-21", Standing.Clear)]
    [InlineData("tecido.json", "018AF6B3EB", "01B68D7633", "2021-09-23", Standing.Restricted)]
    [InlineData("tecido.json", "018AF6B3EB", "01B68D7633", "2021-09-24", Standing.Clear)]
    [InlineData("tecido.json", "033E84672B", "01B68D7633", "2021-09-24", Standing.Restricted)]
    [InlineData("tecido.json", "018AF6B3EB", "01B68D7633", "2024-01-01", Standing.Clear)]
    [InlineData("mixed-direct-and-indirect-ownership.json", "53508b65253f", "9bfe59b6a869", "2019-05-01", Standing.Restricted)]
    [InlineData("mutilple-indirect-ownership-2.json", "731c7a8e7601", "1e049760d6c7", "2026-01-01", Standing.Undetermined)]
    [InlineData("multiple-indirect-ownership.json", "92ebf964a1f6", "63e3a8a8946f", "2026-01-01", Standing.Undetermined)]
    [InlineData("nomination.json", "101AB1984F", "103AB1984D", "2026-01-01", Standing.Restricted)]
    public void StandingOf_BodsExampleWithOnePartyListed_IsAsTheExampleTells(string file, string listed, string asked, string day, Standing wanted)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder("bods", "examples"), file)));
        var ledger = BodsReader.Read(document.RootElement, Imported);
        ledger.Add(new ListingFact { Party = listed, List = "sdn", ListVersion = "1", RecordedAt = Imported, Source = "test" });

        var snapshot = OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore, DateTimeOffset.Parse(day + "T00:00:00Z", null), Imported.AddDays(1));

        Assert.Equal(wanted, snapshot.StandingOf(asked));
    }

    [Fact]
    public void Read_GleifLevel1And2_GivesHeadquartersAndControlWithoutShares()
    {
        var ledger = new OwnershipLedger();
        foreach (var file in new[] { "lei-data.json", "rr-data.json", "repex-data.json" })
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder("gleif"), file)));
            ledger.Add(GleifReader.Read(document.RootElement, Imported));
        }

        var control = Assert.Single(ledger.Holdings, h => h.Kind == HoldingKind.Control && h.Source.Contains("DIRECTLY", StringComparison.Ordinal));
        ledger.Add(new ListingFact { Party = control.Owner, List = "sdn", ListVersion = "1", RecordedAt = Imported, Source = "test" });
        var day = Imported.AddDays(1);

        Assert.Equal("US", ledger.Parties.Single(party => party.Id == "001GPB6A9XPE8XJICC14").Headquarters);
        Assert.Equal(Standing.Undetermined, OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore, day, day).StandingOf(control.Owned));
        Assert.Equal(
            Standing.Restricted,
            OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore with { CountsControl = true }, day, day).StandingOf(control.Owned));
    }

    [Fact]
    public void ReadXml_GoldenCopy_SaysWhatTheJsonSays()
    {
        foreach (var file in new[] { "lei-data", "rr-data" })
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder("gleif"), file + ".json")));
            var json = GleifReader.Read(document.RootElement, Imported);
            using var stream = File.OpenRead(Path.Combine(Folder("gleif"), file + ".xml"));
            var xml = GleifReader.ReadXml(stream, Imported);

            Assert.True(xml.Parties.Count + xml.Holdings.Count > 0);
            var known = json.Parties.Select(party => party.Id).ToHashSet();
            Assert.Equal(json.Parties.OrderBy(party => party.Id), xml.Parties.Where(party => known.Contains(party.Id)).OrderBy(party => party.Id));
            var holdings = json.Holdings.Select(holding => holding.Id).ToHashSet();
            Assert.Equal(json.Holdings.OrderBy(holding => holding.Id), xml.Holdings.Where(holding => holdings.Contains(holding.Id)).OrderBy(holding => holding.Id));
        }
    }

    [Theory]
    [InlineData("<rr:Header", "not XML of GLEIF")]
    [InlineData("<a><b/></a>", "holds no LEIRecord")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", "not XML of GLEIF")]
    [InlineData("<a>\n<LEIRecord><Entity><LegalName>X</LegalName></Entity></LEIRecord></a>", "line 2: GLEIF: a record has no LEI")]
    [InlineData("<a><RelationshipRecord><Relationship><StartNode><NodeID>A</NodeID></StartNode></Relationship></RelationshipRecord></a>", "lacks one of its two nodes")]
    public void ReadXml_WrongFile_SaysWhatIsWrong(string text, string expected)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Contains(expected, Assert.Throws<PartyFormatException>(() => GleifReader.ReadXml(stream, Imported)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"exact\":\"half\"}", "recordDetails.interests.share.exact: expected a number from 0 to 100, found \"half\"")]
    [InlineData("{\"exact\":150}", "share.exact: expected a number from 0 to 100, found 150")]
    [InlineData("{\"minimum\":75,\"maximum\":50}", "expected a minimum not above the maximum, found 75 and 50")]
    public void Read_BodsShareThatIsNone_IsRefusedWithStatementAndField(string share, string expected)
    {
        var json = "[\n{\"recordType\":\"entity\",\"recordId\":\"e\",\"recordDetails\":{}},\n"
            + "{\"statementId\":\"s-7\",\"recordType\":\"relationship\",\"recordId\":\"r\",\"recordDetails\":{\"subject\":\"e\",\"interestedParty\":\"p\",\"interests\":[{\"type\":\"shareholding\",\"share\":" + share + "}]}}]";
        using var document = System.Text.Json.JsonDocument.Parse(json);

        var failure = Assert.Throws<PartyFormatException>(() => BodsReader.Read(document.RootElement, Imported));

        Assert.StartsWith("BODS: statement 2 (s-7): ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, JsonLines.Tell(System.Text.Encoding.UTF8.GetBytes(json), failure).Line);
    }

    [Fact]
    public void ReadXml_ReportingException_IsAnUndisclosedParent()
    {
        const string Text = "<r:D xmlns:r='urn:x'><r:Exception><r:LEI>L1</r:LEI><r:ExceptionCategory>ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT</r:ExceptionCategory><r:ExceptionReason>NON_PUBLIC</r:ExceptionReason></r:Exception></r:D>";
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Text));

        Assert.Equal(PartyKind.Unknown, Assert.Single(GleifReader.ReadXml(stream, Imported).Parties).Kind);
    }

    private static string Folder(params string[] parts)
    {
        var path = Path.Combine([Repository.Data ?? string.Empty, "ownership", .. parts]);
        Assert.SkipUnless(Directory.Exists(path), "The ownership examples are part of the development data, which is absent (STILLGATE_DATA).");
        return path;
    }
}
