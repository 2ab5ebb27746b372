namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Precision, recall and F1 of a set of pairs, with 95 % intervals of a bootstrap over parties.</summary>
/// <param name="Pairs">Pairs judged.</param>
/// <param name="Positives">Pairs labelled as one party.</param>
/// <param name="Precision">Share of matches that are right.</param>
/// <param name="Recall">Share of one-party pairs that match.</param>
/// <param name="F1">Harmonic mean of the two.</param>
/// <param name="F1Low">2.5th percentile of F1.</param>
/// <param name="F1High">97.5th percentile of F1.</param>
internal readonly record struct Quality(int Pairs, int Positives, double Precision, double Recall, double F1, double F1Low, double F1High)
{
    private const int Resamples = 400;
    private const int Seed = 7;

    public static Quality Of(IReadOnlyList<(PairSample Sample, double Score)> judged)
    {
        var parties = judged.GroupBy(pair => pair.Sample.Source + "|" + pair.Sample.Entity, StringComparer.Ordinal).Select(Count).ToArray();
        var whole = parties.Aggregate(default(Counts), Add);
        var random = new Random(Seed);
        var resampled = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var counts = default(Counts);
            for (var draw = 0; draw < parties.Length; draw++)
            {
                counts = Add(counts, parties[random.Next(parties.Length)]);
            }

            resampled[resample] = counts.F1;
        }

        Array.Sort(resampled);
        return new Quality(judged.Count, whole.True + whole.Missed, whole.Precision, whole.Recall, whole.F1, resampled[Resamples / 40], resampled[Resamples - 1 - (Resamples / 40)]);
    }

    private static Counts Count(IEnumerable<(PairSample Sample, double Score)> pairs)
    {
        var counts = default(Counts);
        foreach (var (sample, score) in pairs)
        {
            var match = score >= NameMatcher.Threshold;
            counts = Add(counts, new Counts(sample.IsSame && match ? 1 : 0, !sample.IsSame && match ? 1 : 0, sample.IsSame && !match ? 1 : 0));
        }

        return counts;
    }

    private static Counts Add(Counts left, Counts right) => new(left.True + right.True, left.False + right.False, left.Missed + right.Missed);

    private readonly record struct Counts(int True, int False, int Missed)
    {
        public double Precision => True + False == 0 ? 1 : True / (double)(True + False);

        public double Recall => True + Missed == 0 ? 1 : True / (double)(True + Missed);

        public double F1 => True == 0 ? 0 : 2.0 * True / ((2.0 * True) + False + Missed);
    }
}
