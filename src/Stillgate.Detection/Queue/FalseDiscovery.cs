namespace Stillgate.Detection.Queue;

/// <summary>Adjusts p-values for how many were looked at.</summary>
internal static class FalseDiscovery
{
    /// <summary>
    /// Benjamini and Hochberg (1995): the smallest level at which each would be rejected. Conformal p-values against one calibration are
    /// positively dependent, under which it holds (Bates et al. 2023).
    /// </summary>
    /// <param name="pValues">P-values, in any order.</param>
    /// <param name="tested">How many were tested in all, those at hand among them: the others count as 1.</param>
    public static double[] Adjust(IReadOnlyList<double> pValues, int tested) => Adjust(pValues, tested, p => p);

    /// <summary>
    /// e-BH (Wang and Ramdas 2022) on e = p^(-1/2) / 2, which turns any p-value into an e-value: holds under any dependence whatever.
    /// </summary>
    public static double[] AdjustAnyDependence(IReadOnlyList<double> pValues, int tested) => Adjust(pValues, tested, p => 2 * Math.Sqrt(p));

    // Both are one rule: the i-th smallest of m, times m / i, made monotone from the largest down. e-BH does it with 1 / e for p.
    private static double[] Adjust(IReadOnlyList<double> pValues, int tested, Func<double, double> level)
    {
        var order = Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]).ToArray();
        var adjusted = new double[pValues.Count];
        var lowest = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            lowest = Math.Min(lowest, level(pValues[order[rank - 1]]) * Math.Max(tested, pValues.Count) / rank);
            adjusted[order[rank - 1]] = lowest;
        }

        return adjusted;
    }
}
