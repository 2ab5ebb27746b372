using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Evidence;

/// <summary>
/// A logistic model: score = bias + sum of weight x clamped standardised feature. Small on purpose: each feature's share of the score
/// is a reason in words.
/// </summary>
public sealed record LinearModel
{
    /// <summary>Standardised features are clamped to this, so that no single one can carry a score alone.</summary>
    public const double ClampAt = 3;

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

    /// <summary>
    /// The same model over the features of this build: a calibration of an older build knows fewer, in another order.
    /// </summary>
    /// <param name="names">Names of the features that this build measures, in order.</param>
    /// <param name="source">Where the model comes from, for the error.</param>
    /// <returns>The model; a feature that it does not know weighs nothing.</returns>
    /// <exception cref="LogFormatException">The model weighs a feature that this build does not measure, or its lists differ in length.</exception>
    internal LinearModel Over(IReadOnlyList<string> names, string source)
    {
        if (Means.Count != Features.Count || Scales.Count != Features.Count || Weights.Count != Features.Count)
        {
            throw new LogFormatException($"{source}: a model has {Features.Count} features, {Means.Count} means, {Scales.Count} scales and {Weights.Count} weights; expected as many of each");
        }

        if (Features.SequenceEqual(names, StringComparer.Ordinal))
        {
            return this;
        }

        double[] means = new double[names.Count], scales = [.. names.Select(_ => 1.0)], weights = new double[names.Count];
        for (var i = 0; i < Features.Count; i++)
        {
            var at = IndexOf(names, Features[i]);
            if (at >= 0)
            {
                (means[at], scales[at], weights[at]) = (Means[i], Scales[i], Weights[i]);
            }
            else if (Weights[i] != 0)
            {
                throw new LogFormatException($"{source}: a model weighs the feature {Features[i]}, which this build does not measure; expected a calibration of this build or an older one");
            }
        }

        return this with { Features = names, Means = means, Scales = scales, Weights = weights };
    }

    /// <summary>Scores a measurement.</summary>
    /// <param name="features">Values in the order of <see cref="Features"/>; more may follow and are ignored.</param>
    /// <returns>Log-odds, nats.</returns>
    public double Score(ReadOnlySpan<double> features)
    {
        var score = Bias;
        for (var i = 0; i < Weights.Count; i++)
        {
            score += Contribution(features, i);
        }

        return score;
    }

    /// <summary>One feature's share of the score.</summary>
    /// <param name="features">The measurement.</param>
    /// <param name="index">Index of the feature.</param>
    /// <returns>Nats; positive speaks for harvest.</returns>
    public double Contribution(ReadOnlySpan<double> features, int index) =>
        index >= Weights.Count || Weights[index] == 0 ? 0 : Weights[index] * Math.Clamp((features[index] - Means[index]) / Scales[index], -ClampAt, ClampAt);

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
