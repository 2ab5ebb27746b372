namespace Stillgate.Parties.Screening;

/// <summary>The best one-to-one assignment of rows to columns (Hungarian method, O(n^3)); names have few words.</summary>
internal static class Assignment
{
    /// <summary>For each row the column it is given, or -1. Maximises the sum of gains; a gain of 0 or less is never assigned.</summary>
    /// <param name="gain">Row-major gains.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public static int[] Solve(double[] gain, int rows, int columns)
    {
        var size = Math.Max(rows, columns);
        var rowPotential = new double[size + 1];
        var columnPotential = new double[size + 1];
        var rowOf = new int[size + 1];
        var way = new int[size + 1];
        for (var row = 1; row <= size; row++)
        {
            Augment(gain, rows, columns, row, rowPotential, columnPotential, rowOf, way);
        }

        var result = new int[rows];
        Array.Fill(result, -1);
        for (var column = 1; column <= columns; column++)
        {
            var row = rowOf[column];
            if (row >= 1 && row <= rows && gain[((row - 1) * columns) + column - 1] > 0)
            {
                result[row - 1] = column - 1;
            }
        }

        return result;
    }

    private static void Augment(double[] gain, int rows, int columns, int start, double[] rowPotential, double[] columnPotential, int[] rowOf, int[] way)
    {
        var size = rowPotential.Length - 1;
        var least = new double[size + 1];
        Array.Fill(least, double.MaxValue);
        var used = new bool[size + 1];
        rowOf[0] = start;
        var column = 0;
        do
        {
            used[column] = true;
            var row = rowOf[column];
            var delta = double.MaxValue;
            var next = 0;
            for (var other = 1; other <= size; other++)
            {
                if (used[other])
                {
                    continue;
                }

                var cost = row <= rows && other <= columns ? -gain[((row - 1) * columns) + other - 1] : 0;
                var reduced = cost - rowPotential[row] - columnPotential[other];
                if (reduced < least[other])
                {
                    least[other] = reduced;
                    way[other] = column;
                }

                if (least[other] < delta)
                {
                    delta = least[other];
                    next = other;
                }
            }

            Shift(rowPotential, columnPotential, rowOf, used, least, delta);
            column = next;
        }
        while (rowOf[column] != 0);

        do
        {
            var previous = way[column];
            rowOf[column] = rowOf[previous];
            column = previous;
        }
        while (column != 0);
    }

    private static void Shift(double[] rowPotential, double[] columnPotential, int[] rowOf, bool[] used, double[] least, double delta)
    {
        for (var column = 0; column < used.Length; column++)
        {
            if (used[column])
            {
                rowPotential[rowOf[column]] += delta;
                columnPotential[column] -= delta;
            }
            else
            {
                least[column] -= delta;
            }
        }
    }
}
