using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Cueing;

/// <summary>
/// A linear support vector machine with squared hinge loss over rows of present features, each row of length one so that short texts count as long ones do, by dual coordinate descent (Hsieh, Chang, Lin, Keerthi and Sundararajan, ICML 2008).
/// Deterministic under its seed.
/// </summary>
internal static class LinearSvm
{
    private const int EpochsMax = 60;
    private const double Converged = 0.01;

    /// <param name="rows">The features present in each row.</param>
    /// <param name="positive">Which side each row is on.</param>
    /// <param name="costs">What a row on the wrong side costs.</param>
    /// <param name="features">How many features there are.</param>
    /// <param name="seed">Seed of the order in which rows are taken.</param>
    /// <returns>A weight for each feature, and the bias last.</returns>
    public static float[] Fit(IReadOnlyList<uint[]> rows, bool[] positive, double[] costs, int features, long seed)
    {
        var weights = new float[features + 1];
        var alphas = new double[rows.Count];
        var order = Enumerable.Range(0, rows.Count).ToArray();
        var chance = Chance.For(seed, "svm");
        for (var epoch = 0; epoch < EpochsMax; epoch++)
        {
            Shuffle(order, chance);
            var worst = 0.0;
            foreach (var row in order)
            {
                worst = Math.Max(worst, Step(rows[row], positive[row] ? 1 : -1, 0.5 / costs[row], ref alphas[row], weights));
            }

            if (worst < Converged)
            {
                break;
            }
        }

        return weights;
    }

    /// <returns>How far the row's multiplier was from its best.</returns>
    private static double Step(uint[] row, int side, double diagonal, ref double alpha, float[] weights)
    {
        var present = 1 / Math.Sqrt(Math.Max(CueTokens.FeaturesMin, row.Length));
        var score = 0.0;
        foreach (var feature in row)
        {
            score += weights[feature];
        }

        score = (score * present) + weights[^1];

        var gradient = (side * score) - 1 + (diagonal * alpha);
        if (alpha == 0 && gradient >= 0)
        {
            return 0;
        }

        var before = alpha;
        alpha = Math.Max(0, alpha - (gradient / ((row.Length * present * present) + 1 + diagonal)));
        var change = (alpha - before) * side;
        foreach (var feature in row)
        {
            weights[feature] += (float)(change * present);
        }

        weights[^1] += (float)change;
        return Math.Abs(gradient);
    }

    private static void Shuffle(int[] order, Chance chance)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = chance.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
