using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Exposures;

/// <summary>
/// G = sum of w z z' over the subject vectors z of answers of weight w. The sums are whole numbers, so that they are exact whatever the
/// order: the matrix of a union is the sum of its parts' matrices, bit for bit.
/// </summary>
internal sealed class GramMatrix
{
    public const int Size = SketchedExchange.EmbeddingLength;

    /// <summary>Weights are whole multiples of one in so many. A sum overflows after 8 thousand million full traces of one subject.</summary>
    public const int WeightUnit = 1 << 16;

    /// <summary>Memory of one matrix: the upper triangle, object headers and the cached result.</summary>
    public const int Bytes = (Cells * sizeof(long)) + 72;

    private const int Cells = Size * (Size + 1) / 2;

    // Squared length of a subject vector: the sketch scales it to 127.
    private const double UnitSquare = 127.0 * 127.0;

    // Prior variance of what a trace teaches against its noise: at 0.05, a subject is half known after fewer than one full trace.
    private const double NoiseVariance = 0.05;

    private readonly long[] _cells = new long[Cells];
    private double _information = double.NaN;

    /// <summary>Adds an answer: 136 multiplications and additions.</summary>
    /// <param name="z">Subject vector, of length 127.</param>
    /// <param name="weight">Weight in <see cref="WeightUnit"/>s.</param>
    public void Add(ReadOnlySpan<sbyte> z, int weight)
    {
        var cell = 0;
        var cells = _cells;
        for (var row = 0; row < Size; row++)
        {
            var scaled = (long)weight * z[row];
            for (var column = row; column < Size; column++)
            {
                cells[cell++] += scaled * z[column];
            }
        }

        _information = double.NaN;
    }

    /// <summary>Adds another matrix.</summary>
    public void Add(GramMatrix other)
    {
        for (var cell = 0; cell < Cells; cell++)
        {
            _cells[cell] += other._cells[cell];
        }

        _information = double.NaN;
    }

    /// <summary>Writes the sums.</summary>
    public void Write(StateWriter into)
    {
        foreach (var cell in _cells)
        {
            into.Signed(cell);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static GramMatrix Read(ref StateReader from)
    {
        var matrix = new GramMatrix();
        foreach (ref var cell in matrix._cells.AsSpan())
        {
            cell = from.Signed();
        }

        return matrix;
    }

    /// <summary>I = 1/2 log det(I + G / (s^2 d)), nats: how much is learnt about d directions, repeats counting ever less.</summary>
    public double Information()
    {
        if (double.IsNaN(_information))
        {
            _information = HalfLogDeterminant();
        }

        return _information;
    }

    /// <summary>The information of so many full traces whose subjects cover every direction alike: the most that they can hold.</summary>
    public static double Reference(int traces) => 0.5 * Size * Math.Log(1 + (traces / (NoiseVariance * Size * Size)));

    // Cholesky's factorisation: the matrix is the identity and a sum of squares, so every pivot is at least one.
    private double HalfLogDeterminant()
    {
        Span<double> lower = stackalloc double[Size * Size];
        double sum = 0;
        var cell = 0;
        for (var row = 0; row < Size; row++)
        {
            for (var column = row; column < Size; column++)
            {
                var value = _cells[cell++] / (WeightUnit * UnitSquare * NoiseVariance * Size);
                lower[(column * Size) + row] = row == column ? 1 + value : value;
            }
        }

        for (var column = 0; column < Size; column++)
        {
            var pivot = lower[(column * Size) + column];
            for (var k = 0; k < column; k++)
            {
                pivot -= lower[(column * Size) + k] * lower[(column * Size) + k];
            }

            var root = Math.Sqrt(Math.Max(1, pivot));
            sum += Math.Log(root);
            lower[(column * Size) + column] = root;
            for (var row = column + 1; row < Size; row++)
            {
                var value = lower[(row * Size) + column];
                for (var k = 0; k < column; k++)
                {
                    value -= lower[(row * Size) + k] * lower[(column * Size) + k];
                }

                lower[(row * Size) + column] = value / root;
            }
        }

        return sum;
    }
}
