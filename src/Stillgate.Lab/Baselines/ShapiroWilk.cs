using MathNet.Numerics.Distributions;

namespace Stillgate.Lab.Baselines;

/// <summary>The Shapiro-Wilk statistic with the coefficients of Royston, "Remark AS R94", Applied Statistics 44 (1995).</summary>
internal static class ShapiroWilk
{
    /// <summary>Fewer values than this are not judged.</summary>
    public const int ValuesMin = 12;

    /// <summary>W in (0, 1]; 1 for a sample that lies exactly as normal order statistics would.</summary>
    /// <param name="values">At least <see cref="ValuesMin"/>; sorted in place.</param>
    public static double Statistic(double[] values)
    {
        Array.Sort(values);
        var weights = Weights(values.Length);
        var mean = values.Average();
        double between = 0, total = 0;
        for (var index = 0; index < values.Length; index++)
        {
            between += weights[index] * values[index];
            total += (values[index] - mean) * (values[index] - mean);
        }

        // All values equal is the opposite of normal.
        return total > 1e-12 ? Math.Min(1, between * between / total) : 0;
    }

    private static double[] Weights(int count)
    {
        var scores = new double[count];
        for (var index = 0; index < count; index++)
        {
            scores[index] = Normal.InvCDF(0, 1, (index + 1 - 0.375) / (count + 0.25));
        }

        var sum = scores.Sum(score => score * score);
        var u = 1 / Math.Sqrt(count);
        var last = Polynomial(u, scores[^1] / Math.Sqrt(sum), 0.221157, -0.147981, -2.071190, 4.434685, -2.706056);
        var second = Polynomial(u, scores[^2] / Math.Sqrt(sum), 0.042981, -0.293762, -1.752461, 5.682633, -3.582633);
        var rest = (sum - (2 * scores[^1] * scores[^1]) - (2 * scores[^2] * scores[^2])) / (1 - (2 * last * last) - (2 * second * second));
        var weights = scores.Select(score => score / Math.Sqrt(rest)).ToArray();
        (weights[^1], weights[^2], weights[0], weights[1]) = (last, second, -last, -second);
        return weights;
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        var value = 0.0;
        for (var index = coefficients.Length - 1; index >= 0; index--)
        {
            value = (value * x) + coefficients[index];
        }

        return value;
    }
}
