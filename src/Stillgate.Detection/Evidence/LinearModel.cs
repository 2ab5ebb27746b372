namespace Stillgate.Detection.Evidence;

/// <summary>
/// A logistic model: score = bias + sum of weight x clamped standardised feature. Small on purpose: each feature's share of the score
/// is a reason in words.
/// </summary>
public sealed record LinearModel
{
    /// <summary>Standardised features are clamped to this where <see cref="Saturation"/> says nothing else, so that no single one can carry a score alone.</summary>
    public const double SaturationMax = 3;

    /// <summary>Names of the features, in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Mean of each feature in the fit.</summary>
    public required IReadOnlyList<double> Means { get; init; }

    /// <summary>Scale of each feature in the fit; never 0.</summary>
    public required IReadOnlyList<double> Scales { get; init; }

    /// <summary>Weight of each standardised feature, nats.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Score at the mean of every feature, nats.</summary>
    public required double Bias { get; init; }

    /// <summary>The score is at most this, nats: evidence that is weak in kind stays weak however much there is of it. Null for no bound.</summary>
    public double? ScoreMax { get; init; }

    /// <summary>Standardised features count up to this, in standard deviations: what is more extreme speaks no louder. Null for <see cref="SaturationMax"/>.</summary>
    public double? Saturation { get; init; }

    /// <summary>Scores a measurement.</summary>
    /// <param name="features">Values in the order of <see cref="Features"/>; more may follow and are ignored.</param>
    /// <returns>Log-odds, nats, at most <see cref="ScoreMax"/>.</returns>
    public double Score(ReadOnlySpan<double> features)
    {
        var score = Bias;
        for (var i = 0; i < Weights.Count; i++)
        {
            score += Contribution(features, i);
        }

        return Math.Min(score, ScoreMax ?? double.PositiveInfinity);
    }

    /// <summary>One feature's share of the score.</summary>
    /// <param name="features">The measurement.</param>
    /// <param name="index">Index of the feature.</param>
    /// <returns>Nats; positive speaks for harvest.</returns>
    public double Contribution(ReadOnlySpan<double> features, int index)
    {
        if (index >= Weights.Count || Weights[index] == 0)
        {
            return 0;
        }

        return Weights[index] * Standardised(features[index], Means[index], Scales[index], Saturation);
    }

    /// <summary>A feature's value in standard deviations, as far as it counts: a fit must see what a score does.</summary>
    internal static double Standardised(double value, double mean, double scale, double? saturation)
    {
        var most = saturation ?? SaturationMax;
        return Math.Clamp((value - mean) / scale, -most, most);
    }
}
