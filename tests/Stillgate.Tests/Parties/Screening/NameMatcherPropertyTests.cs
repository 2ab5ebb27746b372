using CsCheck;
using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>What holds of every pair of names, listed or nonsense.</summary>
public sealed class NameMatcherPropertyTests
{
    private static readonly string[] Words =
    [
        "ivan", "Petrov", "Mohammed", "al", "Abdul", "Rahman", "Huawei", "Technologies", "Ltd", "LLC", "Bank", "of", "China", "Мария", "Кузнецова", "محمد", "علي", "中国", "银行", "김정은", "No.", "2", "second", "J.", "(ICBC)", "Zürich", "ÅÄÖ", "S.A.", "Gaz", "prom",
    ];

    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.String[Gen.Char, 0, 40],
        Gen.Int[0, Words.Length - 1].Select(at => Words[at]).Array[0, 7].Select(words => string.Join(' ', words)));

    private static readonly Gen<EntitySchema> Schemas = Gen.Enum<EntitySchema>();

    [Fact]
    public void Compare_AnyPair_IsSymmetricAndBounded() =>
        Gen.Select(Names, Names, Schemas).Sample(
            (left, right, schema) =>
            {
                var one = NameMatcher.Compare(left, right, schema);
                var other = NameMatcher.Compare(right, left, schema);
                Assert.Equal(one.Score, other.Score);
                Assert.InRange(one.Score, 0, 1);
                Assert.NotEmpty(one.Explanation);
            },
            iter: 4000);

    [Fact]
    public void Compare_WithItself_IsOne() =>
        Gen.Select(Names.Where(name => name.Length > 0), Schemas).Sample((name, schema) => Assert.Equal(1, NameMatcher.Compare(name, name, schema).Score), iter: 2000);

    [Fact]
    public void Compare_CaseOrMarksChange_StaysOne() =>
        Gen.Select(Gen.Int[0, Words.Length - 1].Select(at => Words[at]).Array[1, 6], Schemas).Sample(
            (words, schema) =>
            {
                var name = string.Join(' ', words);
                Assert.Equal(1, NameMatcher.Compare(name, name.ToUpperInvariant(), schema).Score);
                Assert.Equal(1, NameMatcher.Compare(name, name.Normalize(System.Text.NormalizationForm.FormD), schema).Score);
            },
            iter: 1000);

    [Fact]
    public void Compare_LongestInput_IsCutAndJudged()
    {
        var name = string.Join(' ', Enumerable.Repeat("Волга Trading 中国 محمد", 500));

        Assert.Equal(1, NameMatcher.Compare(name, name, EntitySchema.Organization).Score);
        Assert.InRange(NameMatcher.Compare(name, new string('x', 20_000), EntitySchema.Person).Score, 0, 1);
    }

    [Fact]
    public void Distance_AnyWords_IsSymmetricAndZeroOnlyForTheSame()
    {
        var words = Gen.String[Gen.Char['a', 'h'], 0, 12];
        Gen.Select(words, words).Sample((left, right) =>
        {
            Assert.Equal(EditDistance.Of(left, right), EditDistance.Of(right, left), 9);
            Assert.Equal(left == right, EditDistance.Of(left, right) == 0);
        });
    }

    [Fact]
    public void Assignment_SmallMatrices_IsTheBestOfAll()
    {
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Double[0, 1].Array[16]).Sample((rows, columns, values) =>
        {
            var gain = values.Take(rows * columns).ToArray();
            var columnsOf = Assignment.Solve(gain, rows, columns);
            var sum = columnsOf.Select((column, row) => column < 0 ? 0 : gain[(row * columns) + column]).Sum();
            Assert.Equal(columnsOf.Where(column => column >= 0).Distinct().Count(), columnsOf.Count(column => column >= 0));
            Assert.Equal(Best(gain, rows, columns, 0, 0), sum, 6);
        });
    }

    private static double Best(double[] gain, int rows, int columns, int row, int used)
    {
        if (row == rows)
        {
            return 0;
        }

        var best = Best(gain, rows, columns, row + 1, used);
        for (var column = 0; column < columns; column++)
        {
            if ((used & (1 << column)) == 0)
            {
                best = Math.Max(best, gain[(row * columns) + column] + Best(gain, rows, columns, row + 1, used | (1 << column)));
            }
        }

        return best;
    }
}
