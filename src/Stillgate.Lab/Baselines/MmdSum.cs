using System.Numerics.Tensors;

namespace Stillgate.Lab.Baselines;

/// <summary>The sum of the features of some queries, and of their squared lengths.</summary>
internal sealed class MmdSum
{
    public float[] Features { get; } = new float[FourierFeatures.Size];

    public double Squares { get; private set; }

    public int Count { get; private set; }

    /// <summary>The mean kernel value over pairs of different queries: the unbiased estimate.</summary>
    public double PairMean => (TensorPrimitives.SumOfSquares<float>(Features) - Squares) / ((double)Count * (Count - 1));

    public void Add(float[] features)
    {
        TensorPrimitives.Add(Features, features, Features);
        Squares += TensorPrimitives.SumOfSquares<float>(features);
        Count++;
    }
}
