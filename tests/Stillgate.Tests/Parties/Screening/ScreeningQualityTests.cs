using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;
using Stillgate.Parties.Screening.Calibration;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>The quality on lists that nothing was tuned on stays above a floor, so that a change of the matcher cannot lose it unseen.</summary>
public sealed class ScreeningQualityTests
{
    [Fact]
    public void Quality_HeldOutConsolidatedList_StaysAboveItsFloor()
    {
        Assert.SkipWhen(Repository.Data is null, "STILLGATE_DATA is not there.");
        var list = ListFiles.Read(Path.Combine(Repository.Data!, "sanctions/us-ofac-2025-12/cons_prim.csv"), name: null, retrieved: null);
        var samples = new PairSource("OFAC consolidated 2025", list.Entries, seed: 3).Make(aliasesMax: 400, minedMax: 200);

        var quality = Quality.Of([.. samples.Select(sample => (sample, NameMatcher.Compare(sample.Left, sample.Right, sample.Schema).Score))]);

        Assert.True(quality.Precision >= 0.95, $"precision {quality.Precision:0.000}");
        Assert.True(quality.F1 >= 0.93, $"F1 {quality.F1:0.000}");
    }

    [Fact]
    public void Quality_PairsWrittenByHand_StaysAboveItsFloor()
    {
        var samples = HandPairs.Read(Path.Combine(Repository.Root, "tests/Stillgate.Tests/Parties/Screening/hand-pairs.csv"));

        foreach (var set in samples.GroupBy(sample => sample.Source))
        {
            var quality = Quality.Of([.. set.Select(sample => (sample, NameMatcher.Compare(sample.Left, sample.Right, sample.Schema).Score))]);
            Assert.True(quality.F1 >= 0.91 && quality.Precision >= 0.94, $"{set.Key}: F1 {quality.F1:0.000}, precision {quality.Precision:0.000}");
        }
    }

    [Theory]
    [InlineData("sanctions/us-ofac-2021/sdn.csv", "ofac-sdn", 8976)]
    [InlineData("sanctions/us-ofac-2025-12/cons_prim.csv", "ofac-cons", 442)]
    [InlineData("sanctions/un-2026/UN_consolidated.xml", "un-xml", 1003)]
    [InlineData("sanctions/us-other/bis_denied_persons_2022.tsv", "bis-denied-persons", 581)]
    [InlineData("sanctions/us-other/csl_sample_2019.csv", "csl-2019", 115)]
    [InlineData("sanctions/us-other/csl_sample_new_format.csv", "csl-2023", 13)]
    public void Read_RealList_ReadsEveryParty(string file, string format, int parties)
    {
        Assert.SkipWhen(Repository.Data is null, "STILLGATE_DATA is not there.");

        var list = ListFiles.Read(Path.Combine(Repository.Data!, file), name: null, retrieved: null);

        Assert.Equal((format, parties), (list.Format, list.Entries.Count + list.Problems.Count));
        Assert.True(list.Problems.Count <= parties / 50, string.Join('\n', list.Problems.Take(5)));
    }

    [Fact]
    public void Solve_SeparableRows_FindsTheDirection()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 400).Select(_ => new[] { random.NextDouble(), random.NextDouble() }).ToArray();
        var labels = rows.Select(row => row[0] > row[1]).ToArray();

        var weights = LogisticFit.Solve(rows, labels, [.. rows.Select(_ => 1.0)], ridge: 0.01);

        Assert.True(weights[0] > 1 && weights[1] < -1 && Math.Abs(weights[2]) < 1);
    }
}
