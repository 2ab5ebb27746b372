namespace Stillgate.Lab.Calibration;

/// <summary>
/// Shows a fit every sample several times: as it is, and with one family of features at the legitimate side's mean. The model then
/// learns to see with what is left, instead of resting on whatever the composed traffic happens to show most clearly.
/// </summary>
internal static class Blindfolds
{
    public static (double[][] Rows, bool[] Labels, double[] Weights) Apply(double[][] rows, bool[] labels, double[] weights, int[][] families)
    {
        var neutral = LegitimateMean(rows, labels, weights);
        var copies = families.Length + 1;
        var allRows = new double[rows.Length * copies][];
        var allLabels = new bool[rows.Length * copies];
        var allWeights = new double[rows.Length * copies];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                var at = (row * copies) + copy;
                allRows[at] = copy == 0 ? rows[row] : Blind(rows[row], families[copy - 1], neutral);
                allLabels[at] = labels[row];
                allWeights[at] = weights[row] / copies;
            }
        }

        return (allRows, allLabels, allWeights);
    }

    private static double[] Blind(double[] row, int[] family, double[] neutral)
    {
        var blind = (double[])row.Clone();
        foreach (var feature in family)
        {
            blind[feature] = neutral[feature];
        }

        return blind;
    }

    private static double[] LegitimateMean(double[][] rows, bool[] labels, double[] weights)
    {
        var mean = new double[rows.Length == 0 ? 0 : rows[0].Length];
        double total = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            if (!labels[row])
            {
                total += weights[row];
                for (var i = 0; i < mean.Length; i++)
                {
                    mean[i] += weights[row] * rows[row][i];
                }
            }
        }

        return [.. mean.Select(sum => sum / Math.Max(1e-9, total))];
    }
}
