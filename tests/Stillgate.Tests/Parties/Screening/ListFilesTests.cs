using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>Every list format on a small file of our own making, with what is wrong named by file, line and field.</summary>
public sealed class ListFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfacSet_JoinsAliasesAndCountries()
    {
        var path = _folder.Write("sdn.csv", "7,\"NORD, Vera\",\"individual\",\"TEST] [OTHER\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 12 May 1961; alt. DOB 1962.\"\r\n8,\"VOLGA METALS OOO\",-0- ,\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\nx,short\r\n\u001a");
        _folder.Write("alt.csv", "7,1,\"aka\",\"NORTH, Vera\",-0- \r\n");
        _folder.Write("add.csv", "8,1,\"Street 1\",\"Perm\",\"Russia\",-0- \r\n");

        var list = ListFiles.Read(path, name: "ours", retrieved: DateTimeOffset.UnixEpoch);

        Assert.Equal("ofac-sdn", list.Format);
        Assert.Equal(["Vera NORD", "Vera NORTH"], list.Entries[0].Names.Select(name => name.Text));
        Assert.Equal(["1961-05-12", "1962"], list.Entries[0].Dates);
        Assert.Equal(["TEST", "OTHER"], list.Entries[0].Programs);
        Assert.Equal(EntitySchema.Organization, list.Entries[1].Schema);
        Assert.Equal(["Russia"], list.Entries[1].Countries);
        Assert.Equal("sdn.csv:3: record: expected 12 fields, found 2", Assert.Single(list.Problems).ToString());
        Assert.Equal(("ours", 2), (list.Version.Name, list.Version.EntryCount));
        Assert.Equal(64, list.Version.Sha256.Length);
    }

    [Fact]
    public void Read_UnXml_TakesNamesAliasesAndDates()
    {
        var path = _folder.Write("un.xml", """
            <?xml version="1.0"?>
            <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>ADA</FIRST_NAME><SECOND_NAME>NORD</SECOND_NAME><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>
            <NATIONALITY><VALUE>Norway</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Ada Nordh</ALIAS_NAME></INDIVIDUAL_ALIAS>
            <INDIVIDUAL_DATE_OF_BIRTH><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS>
            <ENTITIES><ENTITY><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>
            """);

        var list = ListFiles.Read(path, name: null, retrieved: null);

        var entry = Assert.Single(list.Entries);
        Assert.Equal(["ADA NORD", "Ada Nordh"], entry.Names.Select(name => name.Text));
        Assert.Equal(["1971"], entry.Dates);
        Assert.Equal("un.xml:5: FIRST_NAME: expected a value", Assert.Single(list.Problems).ToString());
    }

    [Fact]
    public void Read_UnXmlWithDocumentType_IsRefused()
    {
        var path = _folder.Write("un.xml", "<!DOCTYPE x [<!ENTITY e \"a\">]><CONSOLIDATED_LIST/>");

        Assert.Throws<ListFormatException>(() => ListFiles.Read(path, name: null, retrieved: null));
    }

    [Theory]
    [InlineData("source,entity_number,type,programs,name,alt_names\nSDN,9,Entity,X,\"Volga, Inc.\",Wolga Inc; Volga Corp\n", "csl-2019")]
    [InlineData("_id,source,entity_number,type,programs,name,alt_names\nabc,SDN,9,Entity,X,\"Volga, Inc.\",Wolga Inc; Volga Corp\n", "csl-2023")]
    public void Read_ConsolidatedScreeningList_ReadsBothLayouts(string text, string format)
    {
        var list = ListFiles.Read(_folder.Write("csl.csv", text), name: null, retrieved: null);

        Assert.Equal(format, list.Format);
        Assert.Equal(["Volga, Inc.", "Wolga Inc", "Volga Corp"], Assert.Single(list.Entries).Names.Select(name => name.Text));
    }

    [Fact]
    public void Read_SuccessorClause_IsTakenOff()
    {
        var list = ListFiles.Read(_folder.Write("csl.csv", "source,type,name,alt_names\nISN,,\"Nord Import Company; and any successor, sub-unit, or subsidiary thereof\",\n"), name: null, retrieved: null);

        Assert.Equal("Nord Import Company", list.Entries[0].Names[0].Text);
    }

    [Fact]
    public void Read_DeniedPersons_ReadsTabs()
    {
        var list = ListFiles.Read(_folder.Write("dpl.tsv", "\"Name\"\t\"City\"\t\"Country\"\t\"Effective_Date\"\t\"FR_Citation\"\n\"ADA NORD\"\t\"OSLO\"\t\"NO\"\t\"06/19/2003\"\t\"1 F.R. 2\"\n\"\"\t\"OSLO\"\t\"NO\"\t\"x\"\t\"y\"\n"), name: null, retrieved: null);

        Assert.Equal("bis-denied-persons", list.Format);
        Assert.Equal(["NO"], Assert.Single(list.Entries).Countries);
        Assert.Equal("dpl.tsv:3: name: expected a name", Assert.Single(list.Problems).ToString());
    }

    [Fact]
    public void Read_EntityList_TakesAliasesOutOfTheCell()
    {
        var list = ListFiles.Read(_folder.Write("el.csv", "Country,Entity,License Requirement,License Review Policy,Federal Register Citation\nNorway,\"Nord Optics, a.k.a., the following two aliases: —Nordoptik; and —NO Optics. Street 1, Oslo\",All items,Denial,1 FR 2\n"), name: null, retrieved: null);

        Assert.Equal("bis-entity-list", list.Format);
        Assert.Equal("Nord Optics", list.Entries[0].Names[0].Text);
        Assert.Contains("Nordoptik", list.Entries[0].Names.Select(name => name.Text));
    }

    [Fact]
    public void Read_PlainTable_NeedsOnlyNames()
    {
        var list = ListFiles.Read(_folder.Write("own.csv", "name,schema,aliases\n\"Nord \"\"A\"\"\nAS\",Company,Nord Two;Nord Three\n"), name: null, retrieved: null);

        Assert.Equal("plain", list.Format);
        Assert.Equal(["Nord \"A\"\nAS", "Nord Two", "Nord Three"], list.Entries[0].Names.Select(name => name.Text));
    }

    [Theory]
    [InlineData("", "found an empty file")]
    [InlineData("a,b,c\n1,2,3\n", "own.csv:1: expected")]
    [InlineData("<list></list>", "expected INDIVIDUAL or ENTITY")]
    [InlineData("<list>", "expected well-formed XML")]
    public void Read_NoKnownList_SaysWhatWasExpected(string text, string expected)
    {
        var path = _folder.Write("own.csv", text);

        var failure = Assert.Throws<ListFormatException>(() => ListFiles.Read(path, name: null, retrieved: null));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_TwoVersions_TellsAddedRemovedAndChanged()
    {
        var before = ListFiles.Read(_folder.Write("a.csv", "id,name\n1,Nord\n2,Syd\n3,Ost\n"), name: null, retrieved: null);
        var after = ListFiles.Read(_folder.Write("b.csv", "id,name\n1,Nord\n3,Oest\n4,Vest\n"), name: null, retrieved: null);

        var diff = ListDiff.Between(before, after);

        Assert.Equal("4", Assert.Single(diff.Added).Id);
        Assert.Equal("2", Assert.Single(diff.Removed).Id);
        Assert.True(Assert.Single(diff.Changed).TouchesNames);
    }

    [Fact]
    public void Between_VersionsWithoutIdentifiersInFilesOfOtherNames_TellsOnlyWhatChanged()
    {
        var before = ListFiles.Read(_folder.Write("list-may.csv", "name\nNord\nSyd\n"), name: null, retrieved: null);
        var after = ListFiles.Read(_folder.Write("list-june.csv", "name\nNord\nVest\n"), name: null, retrieved: null);

        var diff = ListDiff.Between(before, after);

        Assert.Equal("Vest", Assert.Single(diff.Added).Names[0].Text);
        Assert.Equal("Syd", Assert.Single(diff.Removed).Names[0].Text);
        Assert.Empty(diff.Changed);
    }
}
