using CsCheck;
using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>The distance against the recurrence as a textbook writes it, and the short cuts against the distance.</summary>
public sealed class EditDistanceTests
{
    private static readonly Gen<string> Words = Gen.Char["abehiklostvwyz0é"].Array[0, 12].Select(letters => new string(letters));

    [Theory]
    [InlineData("ivanov", "ivanov", 0)]
    [InlineData("ivanov", "iwanow", 0.9)]
    [InlineData("martin", "amrtin", 0.7)]
    [InlineData("anna", "ana", 0.25)]
    [InlineData("", "abc", 3)]
    public void Of_KnownPairs_IsAsCosted(string left, string right, double expected) => Assert.Equal(expected, EditDistance.Of(left, right), 9);

    [Fact]
    public void Of_AnyPair_EqualsTheSlowWay() => Gen.Select(Words, Words).Sample(
        (left, right) => Math.Abs(EditDistance.Of(left, right) - SlowDistance(left, right)) < 1e-9 && Math.Abs(EditDistance.Of(right, left) - EditDistance.Of(left, right)) < 1e-9,
        iter: 3_000);

    [Fact]
    public void Of_WithABound_IsExactBelowItAndNotBelowItElse() => Gen.Select(Words, Words, Gen.Double[0, 8]).Sample(
        (left, right, bound) =>
        {
            var exact = EditDistance.Of(left, right);
            var bounded = EditDistance.Of(left, right, bound);
            return exact < bound ? bounded == exact : bounded >= bound;
        },
        iter: 3_000);

    /// <summary>Cost of a gap, a change and a swap are asked of the distance itself on the shortest words that have nothing else.</summary>
    private static double SlowDistance(string left, string right)
    {
        var table = new double[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i + j == 0)
                {
                    continue;
                }

                var best = double.MaxValue;
                best = i > 0 ? Math.Min(best, table[i - 1, j] + Gap(left, i - 1)) : best;
                best = j > 0 ? Math.Min(best, table[i, j - 1] + Gap(right, j - 1)) : best;
                best = i > 0 && j > 0 ? Math.Min(best, table[i - 1, j - 1] + Change(left[i - 1], right[j - 1])) : best;
                var isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] && left[i - 1] != right[j - 1];
                table[i, j] = isSwap ? Math.Min(best, table[i - 2, j - 2] + 0.7) : best;
            }
        }

        return table[left.Length, right.Length];
    }

    private static double Gap(string text, int at)
    {
        var isDoubled = (at > 0 && text[at - 1] == text[at]) || (at + 1 < text.Length && text[at + 1] == text[at]);
        return isDoubled ? 0.25 : at > 0 && text[at] == 'h' ? 0.5 : at > 0 && "aeiouy".Contains(text[at], StringComparison.Ordinal) ? 0.7 : 1;
    }

    private static double Change(char left, char right) =>
        left == right ? 0
        : "aeiouy".Contains(left, StringComparison.Ordinal) && "aeiouy".Contains(right, StringComparison.Ordinal) ? 0.5
        : Exchanged.Contains($"{left}{right}") || Exchanged.Contains($"{right}{left}") ? 0.45 : 1;

    private static readonly HashSet<string> Exchanged =
        ["kc", "kq", "cq", "sz", "sc", "vw", "bv", "bp", "gj", "dt", "iy", "ij", "yj", "fv", "fp", "gk", "zj", "xh", "uv", "uw", "gq", "0o", "1l", "1i"];
}
