using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>A row in, a row out, in order; a wrong file leaves nothing behind.</summary>
public sealed class PairFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Score_ExtraColumnsQuotesAndShortRows_KeepsEveryRowInOrder()
    {
        var input = _folder.Write("pairs.csv", "\uFEFFkind,schema,right,left\nx,Company,\"Nord, \"\"A\"\" AS\",Nord A\ny,Person,Ali Hasan,\"Ali\nHassan\"\nz,Company\n,,,\n");

        var counts = PairFile.Score(input, _folder.File("scores.csv"));

        using var reader = new StreamReader(_folder.File("scores.csv"));
        var rows = DelimitedReader.Read(reader, ',').Select(row => row.Fields).ToArray();
        Assert.Equal(4, counts.Pairs);
        Assert.Equal(["left", "right", "schema", "score", "match", "explanation"], rows[0]);
        Assert.Equal(["Nord A", "Nord, \"A\" AS", "Company"], rows[1][..3]);
        Assert.Equal("Ali\nHassan", rows[2][0]);
        Assert.Equal("true", rows[2][4]);
        Assert.Equal(["", "", "Company", "0.000000", "false"], rows[3][..5]);
        Assert.Equal(5, rows.Length);
        Assert.All(rows, row => Assert.Equal(6, row.Length));
    }

    [Fact]
    public void Score_MissingColumn_NamesItAndWritesNothing()
    {
        var input = _folder.Write("pairs.csv", "left,schema\na,Person\n");

        var failure = Assert.Throws<ListFormatException>(() => PairFile.Score(input, _folder.File("scores.csv")));

        Assert.Equal("pairs.csv:1: missing column 'right'; expected a header with left, right and schema, parted by commas", failure.Message);
        Assert.Equal(["pairs.csv"], Directory.GetFiles(Path.GetDirectoryName(input)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Score_Twice_GivesTheSameBytes()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nHuawei,Huawei Technologies,Company\nIBM,International Business Machines,Organization\nVolga 2,Volga 3,Vessel\nAli,Aly,LegalEntity\n");

        PairFile.Score(input, _folder.File("one.csv"));
        PairFile.Score(input, _folder.File("two.csv"));

        Assert.Equal(File.ReadAllBytes(_folder.File("one.csv")), File.ReadAllBytes(_folder.File("two.csv")));
    }

    [Fact]
    public void Score_SchemasThatAreNotKnown_AreNotedOnceAndScoredAsAnUnknownKind()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nHuawei,Huawei Ltd,Cooperative\nAli Hasan,Ali Hassan,family member\nNord,Nord,\nNord A,Nord B,COOPERATIVE\nNord,Nord AS,public_body\n");
        var told = new List<string>();

        var counts = PairFile.Score(input, _folder.File("scores.csv"), progress: null, told.Add, TestContext.Current.CancellationToken);

        using var reader = new StreamReader(_folder.File("scores.csv"));
        var rows = DelimitedReader.Read(reader, ',').Skip(1).Select(row => row.Fields).ToArray();
        Assert.Equal((5, 4), (counts.Pairs, counts.Matches));
        Assert.Equal(["Cooperative", "family member", "", "COOPERATIVE", "public_body"], rows.Select(row => row[2]));
        Assert.All(rows[..2], row => Assert.Equal(NameMatcher.Compare(row[0], row[1], EntitySchema.Unknown).Explanation, row[5]));
        Assert.Equal(
            [
                "pairs.csv:2: schema: 'Cooperative' is not known, so its pairs are compared as parties of an unknown kind; known are Person, Organization, Company, PublicBody, LegalEntity, Vessel, Airplane, or nothing",
                "pairs.csv:3: schema: 'family member' is not known, so its pairs are compared as parties of an unknown kind; known are Person, Organization, Company, PublicBody, LegalEntity, Vessel, Airplane, or nothing",
            ],
            told);
    }

    [Theory]
    [InlineData("NATURAL_PERSON", EntitySchema.Person)]
    [InlineData("public body", EntitySchema.Organization)]
    [InlineData(" Airplane ", EntitySchema.Vessel)]
    [InlineData("LegalEntity", EntitySchema.Unknown)]
    [InlineData(null, EntitySchema.Unknown)]
    public void TryParse_KnownSpelling_IsRead(string? text, EntitySchema expected)
    {
        Assert.True(EntitySchemas.TryParse(text, out var schema));
        Assert.Equal(expected, schema);
    }

    [Fact]
    public void Score_EndOfFileMarkInsideOfALine_LosesNoRow()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nNo\u001Ard,Nord,Company\nB,C,Company\n\u001A");

        Assert.Equal(2, PairFile.Score(input, _folder.File("scores.csv")).Pairs);
    }

    [Fact]
    public void Score_QuoteThatNothingCloses_IsRefusedWithItsLine()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nA,B,Company\n\"C,D,Company\nE,F,Company\n");

        var failure = Assert.Throws<ListFormatException>(() => PairFile.Score(input, _folder.File("scores.csv")));

        Assert.Equal("pairs.csv:3: expected a quote that closes the field; none comes to the end of the file", failure.Message);
        Assert.False(File.Exists(_folder.File("scores.csv")));
    }

    [Fact]
    public void Score_BytesThatAreNoUtf8_AreNotedOnceAndScored()
    {
        var input = _folder.Write("pairs.csv", "");
        File.WriteAllBytes(input, [.. "left,right,schema\nM"u8, 0xFC, .. "ller,Mueller,Person\nM"u8, 0xFC, .. "ller,Muller,Person\n"u8]);
        var told = new List<string>();

        Assert.Equal(2, PairFile.Score(input, _folder.File("scores.csv"), progress: null, told.Add, TestContext.Current.CancellationToken).Pairs);

        Assert.StartsWith("pairs.csv:2: a name here is no UTF-8", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Score_BlankNames_AreNoMatch()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\n\" \",\" \",Person\n...,...,Company\n");

        Assert.Equal((2, 1), PairFile.Score(input, _folder.File("scores.csv")));
    }

    [Fact]
    public void Score_FolderForTheOutput_IsRefusedBeforeAnythingIsScored()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nA,B,Company\n");

        var failure = Assert.Throws<ListFormatException>(() => PairFile.Score(input, Path.GetDirectoryName(input)!));

        Assert.EndsWith("is a folder; expected a file to write", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_LongFile_TellsHowFarItIs()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\n" + string.Concat(Enumerable.Repeat("Huawei,Huawei Technologies,Company\n", 2000)));
        var told = new List<double>();

        PairFile.Score(input, _folder.File("scores.csv"), new Telling(told), onNote: null, TestContext.Current.CancellationToken);

        Assert.True(told.Count > 3, $"told {told.Count} times");
        Assert.Equal(told.Order(), told);
        Assert.All(told, share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void Score_StoppedHalfway_LeavesNothingBehind()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nHuawei,Huawei Technologies,Company\n");
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => PairFile.Score(input, _folder.File("scores.csv"), progress: null, onNote: null, stop.Token));

        Assert.Equal(["pairs.csv"], Directory.GetFiles(Path.GetDirectoryName(input)!).Select(Path.GetFileName));
    }

    private sealed class Telling(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
