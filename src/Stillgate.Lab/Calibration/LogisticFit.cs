namespace Stillgate.Lab.Calibration;

/// <summary>
/// Ridge-penalised logistic regression by Newton's method (Hosmer and Lemeshow 2013, ch. 1; the penalty after le Cessie and van
/// Houwelingen 1992), on standardised and clamped features. Deterministic.
/// </summary>
internal static class LogisticFit
{
    private const int IterationsMax = 60;
    private const double Converged = 1e-7;

    /// <param name="rows">Standardised features.</param>
    /// <param name="labels">Whether each row is a harvest.</param>
    /// <param name="importance">Weight of each row.</param>
    /// <param name="ridge">Penalty on each squared weight; the bias is free.</param>
    /// <param name="signs">Per feature: +1 may only speak for harvest when high, -1 only when low, 0 either.</param>
    /// <returns>Bias first, then the weights.</returns>
    public static double[] Fit(double[][] rows, bool[] labels, double[] importance, double ridge, int[] signs)
    {
        var active = Enumerable.Range(0, signs.Length).ToList();
        while (true)
        {
            var beta = Newton(rows, labels, importance, ridge, active);
            var wrong = active.Where((feature, i) => signs[feature] != 0 && beta[i + 1] * signs[feature] < 0).ToArray();
            if (wrong.Length == 0)
            {
                var full = new double[signs.Length + 1];
                full[0] = beta[0];
                for (var i = 0; i < active.Count; i++)
                {
                    full[active[i] + 1] = beta[i + 1];
                }

                return full;
            }

            // A weight of the wrong sign would make an innocent feature speak against an account: it is taken out and the rest fitted again.
            active.RemoveAll(wrong.Contains);
        }
    }

    private static double[] Newton(double[][] rows, bool[] labels, double[] importance, double ridge, List<int> active)
    {
        var size = active.Count + 1;
        var beta = new double[size];
        var x = new double[size];
        for (var iteration = 0; iteration < IterationsMax; iteration++)
        {
            var gradient = new double[size];
            var hessian = new double[size, size];
            for (var row = 0; row < rows.Length; row++)
            {
                x[0] = 1;
                double score = beta[0];
                for (var i = 0; i < active.Count; i++)
                {
                    x[i + 1] = rows[row][active[i]];
                    score += beta[i + 1] * x[i + 1];
                }

                var p = 1 / (1 + Math.Exp(-score));
                var slope = importance[row] * ((labels[row] ? 1 : 0) - p);
                var curve = importance[row] * Math.Max(1e-6, p * (1 - p));
                for (var i = 0; i < size; i++)
                {
                    gradient[i] += slope * x[i];
                    for (var j = 0; j <= i; j++)
                    {
                        hessian[i, j] += curve * x[i] * x[j];
                    }
                }
            }

            for (var i = 1; i < size; i++)
            {
                gradient[i] -= ridge * beta[i];
                hessian[i, i] += ridge;
            }

            hessian[0, 0] += 1e-9;
            var step = Solve(hessian, gradient);
            var largest = 0.0;
            for (var i = 0; i < size; i++)
            {
                beta[i] += Math.Clamp(step[i], -2, 2);
                largest = Math.Max(largest, Math.Abs(step[i]));
            }

            if (largest < Converged)
            {
                break;
            }
        }

        return beta;
    }

    // Cholesky; the matrix is symmetric and, with the ridge, positive definite. Only its lower half is filled.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < j; k++)
            {
                matrix[j, j] -= matrix[j, k] * matrix[j, k];
            }

            matrix[j, j] = Math.Sqrt(Math.Max(1e-12, matrix[j, j]));
            for (var i = j + 1; i < n; i++)
            {
                for (var k = 0; k < j; k++)
                {
                    matrix[i, j] -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] /= matrix[j, j];
            }
        }

        var solution = new double[n];
        for (var i = 0; i < n; i++)
        {
            solution[i] = right[i];
            for (var k = 0; k < i; k++)
            {
                solution[i] -= matrix[i, k] * solution[k];
            }

            solution[i] /= matrix[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                solution[i] -= matrix[k, i] * solution[k];
            }

            solution[i] /= matrix[i, i];
        }

        return solution;
    }
}
