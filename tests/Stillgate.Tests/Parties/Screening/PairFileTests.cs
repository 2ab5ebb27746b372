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

        var counts = PairFile.Score(input, _folder.PathOf("scores.csv"));

        using var reader = new StreamReader(_folder.PathOf("scores.csv"));
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

        var failure = Assert.Throws<ListFormatException>(() => PairFile.Score(input, _folder.PathOf("scores.csv")));

        Assert.Equal("pairs.csv:1: missing column 'right'", failure.Message);
        Assert.Equal(["pairs.csv"], Directory.GetFiles(Path.GetDirectoryName(input)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Score_Twice_GivesTheSameBytes()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\nHuawei,Huawei Technologies,Company\nIBM,International Business Machines,Organization\nVolga 2,Volga 3,Vessel\nAli,Aly,LegalEntity\n");

        PairFile.Score(input, _folder.PathOf("one.csv"));
        PairFile.Score(input, _folder.PathOf("two.csv"));

        Assert.Equal(File.ReadAllBytes(_folder.PathOf("one.csv")), File.ReadAllBytes(_folder.PathOf("two.csv")));
    }

    [Fact]
    public void Score_LongFile_TellsHowFarItIs()
    {
        var input = _folder.Write("pairs.csv", "left,right,schema\n" + string.Concat(Enumerable.Repeat("Huawei,Huawei Technologies,Company\n", 2000)));
        var told = new List<double>();

        PairFile.Score(input, _folder.PathOf("scores.csv"), new Telling(told), TestContext.Current.CancellationToken);

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

        Assert.Throws<OperationCanceledException>(() => PairFile.Score(input, _folder.PathOf("scores.csv"), progress: null, stop.Token));

        Assert.Equal(["pairs.csv"], Directory.GetFiles(Path.GetDirectoryName(input)!).Select(Path.GetFileName));
    }

    private sealed class Telling(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
