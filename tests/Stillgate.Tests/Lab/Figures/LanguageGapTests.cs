using Stillgate.Lab.Evaluation;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

public sealed class LanguageGapTests
{
    [Fact]
    public void Of_TwoLanguages_GivesTheRatioWithAnIntervalAroundIt()
    {
        var gap = LanguageGap.Of(new Dictionary<string, Rate> { ["en"] = new(60, 1_000), ["fr"] = new(40, 1_000) })!;

        Assert.Equal(("en", "fr", 100), (gap.Most.Language, gap.Least.Language, gap.Alarms));
        Assert.Equal(1.5, gap.Ratio, 9);

        // Clopper and Pearson for 60 of 100: 0.497 to 0.697, as odds.
        Assert.Equal(0.988, gap.Interval.Low, 2);
        Assert.Equal(2.30, gap.Interval.High, 1);
    }

    [Fact]
    public void Of_LanguageWithoutAlarm_HasNoUpperEnd()
    {
        var gap = LanguageGap.Of(new Dictionary<string, Rate> { ["en"] = new(2, 1_000), ["fr"] = new(0, 200), ["de"] = new(0, 0) })!;

        Assert.Equal("fr", gap.Least.Language);
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (gap.Ratio, gap.Interval.High));
        Assert.True(gap.Interval.Low > 0);
    }

    [Fact]
    public void Of_EqualLanguages_AreNotCalledUnequal_AndUnequalOnesAre()
    {
        var equal = LanguageGap.Of(Enumerable.Range(0, 8).ToDictionary(index => $"l{index}", index => new Rate(50 + (index % 2), 1_000)))!;
        var unequal = LanguageGap.Of(Enumerable.Range(0, 8).ToDictionary(index => $"l{index}", index => new Rate(index == 0 ? 150 : 50, 1_000)))!;

        Assert.True(equal.EqualMedian > equal.Ratio);
        Assert.True(equal.EqualShareAbove > 0.9);
        Assert.True(unequal.EqualShareAbove < 0.01);
    }

    [Fact]
    public void Of_NoAlarm_IsNoRatio() => Assert.Null(LanguageGap.Of(new Dictionary<string, Rate> { ["en"] = new(0, 10), ["fr"] = new(0, 10) }));
}
