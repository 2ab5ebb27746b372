namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Logistic regression with a ridge penalty by Newton's method. Deterministic: same rows, same weights.</summary>
internal static class LogisticFit
{
    private const int Steps = 40;
    private const double Settled = 1e-7;

    /// <summary>Fits; the last value of the result is the bias.</summary>
    /// <param name="rows">Feature values.</param>
    /// <param name="labels">Whether the row is a match.</param>
    /// <param name="weights">How much each row counts.</param>
    /// <param name="ridge">Penalty on every weight but the bias.</param>
    public static double[] Solve(IReadOnlyList<double[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<double> weights, double ridge)
    {
        var size = rows[0].Length + 1;
        var solution = new double[size];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[size];
            var hessian = new double[size * size];
            for (var row = 0; row < rows.Count; row++)
            {
                Accumulate(rows[row], labels[row], weights[row], solution, gradient, hessian);
            }

            for (var index = 0; index < size; index++)
            {
                var penalty = index == size - 1 ? 1e-6 : ridge;
                gradient[index] -= penalty * solution[index];
                hessian[(index * size) + index] += penalty;
            }

            var change = SolveLinear(hessian, gradient, size);
            for (var index = 0; index < size; index++)
            {
                solution[index] += change[index];
            }

            if (change.Max(Math.Abs) < Settled)
            {
                break;
            }
        }

        return solution;
    }

    private static void Accumulate(double[] row, bool label, double weight, double[] solution, double[] gradient, double[] hessian)
    {
        var size = solution.Length;
        var sum = solution[size - 1];
        for (var index = 0; index < row.Length; index++)
        {
            sum += solution[index] * row[index];
        }

        var probability = 1 / (1 + Math.Exp(-sum));
        var slope = weight * Math.Max(1e-9, probability * (1 - probability));
        var error = weight * ((label ? 1 : 0) - probability);
        for (var i = 0; i < size; i++)
        {
            var one = i == row.Length ? 1 : row[i];
            if (one == 0)
            {
                continue;
            }

            gradient[i] += error * one;
            for (var j = 0; j < size; j++)
            {
                hessian[(i * size) + j] += slope * one * (j == row.Length ? 1 : row[j]);
            }
        }
    }

    /// <summary>Gaussian elimination with partial pivoting; the matrix is small and positive definite.</summary>
    private static double[] SolveLinear(double[] matrix, double[] right, int size)
    {
        for (var pivot = 0; pivot < size; pivot++)
        {
            var best = pivot;
            for (var row = pivot + 1; row < size; row++)
            {
                best = Math.Abs(matrix[(row * size) + pivot]) > Math.Abs(matrix[(best * size) + pivot]) ? row : best;
            }

            for (var column = 0; column < size && best != pivot; column++)
            {
                (matrix[(pivot * size) + column], matrix[(best * size) + column]) = (matrix[(best * size) + column], matrix[(pivot * size) + column]);
            }

            (right[pivot], right[best]) = (right[best], right[pivot]);
            for (var row = pivot + 1; row < size; row++)
            {
                var factor = matrix[(row * size) + pivot] / matrix[(pivot * size) + pivot];
                for (var column = pivot; column < size; column++)
                {
                    matrix[(row * size) + column] -= factor * matrix[(pivot * size) + column];
                }

                right[row] -= factor * right[pivot];
            }
        }

        for (var row = size - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < size; column++)
            {
                right[row] -= matrix[(row * size) + column] * right[column];
            }

            right[row] /= matrix[(row * size) + row];
        }

        return right;
    }
}
