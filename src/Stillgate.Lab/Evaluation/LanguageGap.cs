using MathNet.Numerics.Distributions;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>
/// The largest ratio of alarm shares between two languages. A largest of many ratios is large by chance alone, so it stands beside the
/// largest ratio that equal languages would show with the same counts.
/// </summary>
internal sealed record LanguageGap
{
    /// <summary>Fewer alarms in all than this, and a ratio says nothing.</summary>
    public const int AlarmsMin = 50;

    private const int DrawCount = 2_000;

    /// <summary>The language with the largest share, and its share.</summary>
    public required (string Language, Rate Rate) Most { get; init; }

    /// <summary>The language with the smallest share, and its share.</summary>
    public required (string Language, Rate Rate) Least { get; init; }

    /// <summary>Alarms in all languages.</summary>
    public required long Alarms { get; init; }

    /// <summary>Median of the largest ratio where every language has the same chance of an alarm; infinite where some language tends to have none.</summary>
    public required double EqualMedian { get; init; }

    /// <summary>Share of such draws with a ratio at least as large as the measured one.</summary>
    public required double EqualShareAbove { get; init; }

    /// <summary>The largest ratio; infinite where a language has no alarm.</summary>
    public double Ratio => Most.Rate.Share / Least.Rate.Share;

    /// <summary>Languages compared.</summary>
    public required int LanguageCount { get; init; }

    /// <summary>
    /// The 95 % interval of the ratio of these two languages (Clopper and Pearson 1934, on the split of their alarms), at a level that
    /// holds for every pair of the languages at once (Bonferroni): so it holds for the two that were picked as the extremes.
    /// </summary>
    public (double Low, double High) Interval
    {
        get
        {
            var (a, b) = (Most.Rate, Least.Rate);
            var scale = (double)b.Total / a.Total;
            var tail = 0.025 / (LanguageCount * (LanguageCount - 1) / 2.0);
            double Odds(double share) => share >= 1 ? double.PositiveInfinity : scale * share / (1 - share);
            var low = a.Hits == 0 ? 0 : Odds(Beta.InvCDF(a.Hits, b.Hits + 1, tail));
            var high = b.Hits == 0 ? double.PositiveInfinity : Odds(Beta.InvCDF(a.Hits + 1, b.Hits, 1 - tail));
            return (low, high);
        }
    }

    /// <summary>Measures the gap.</summary>
    /// <param name="byLanguage">Alarms of legitimate accounts by language.</param>
    /// <returns>The gap, or null for fewer than two languages or no alarm.</returns>
    public static LanguageGap? Of(IReadOnlyDictionary<string, Rate> byLanguage)
    {
        var languages = byLanguage.Where(pair => pair.Value.Total > 0).OrderBy(pair => pair.Value.Share).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var alarms = languages.Sum(pair => pair.Value.Hits);
        if (languages.Length < 2 || alarms == 0)
        {
            return null;
        }

        var (least, most) = (languages[0], languages[^1]);
        var equal = EqualRatios([.. languages.Select(pair => pair.Value.Total)], alarms);
        var measured = most.Value.Share / least.Value.Share;
        return new LanguageGap
        {
            Most = (most.Key, most.Value),
            Least = (least.Key, least.Value),
            Alarms = alarms,
            LanguageCount = languages.Length,
            EqualMedian = equal[equal.Length / 2],
            EqualShareAbove = equal.Count(ratio => ratio >= measured) / (double)equal.Length,
        };
    }

    // The same number of alarms dealt over the accounts without regard to language.
    private static double[] EqualRatios(long[] totals, long alarms)
    {
        var chance = Chance.For(1, "language-gap");
        double[] weights = [.. totals.Select(total => (double)total)];
        var ratios = new double[DrawCount];
        for (var draw = 0; draw < DrawCount; draw++)
        {
            var hits = new int[totals.Length];
            for (var alarm = 0; alarm < alarms; alarm++)
            {
                hits[chance.Weighted(weights)]++;
            }

            var shares = hits.Select((hit, index) => hit / weights[index]).ToArray();
            ratios[draw] = shares.Max() / shares.Min();
        }

        Array.Sort(ratios);
        return ratios;
    }
}
