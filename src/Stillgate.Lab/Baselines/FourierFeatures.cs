using System.Numerics.Tensors;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// Random features of the Gaussian kernel (Rahimi and Recht, "Random features for large-scale kernel machines", NIPS 2007), so that
/// the mean of a window stands for all of its pairs: an estimate of the published MMD in constant memory an account.
/// </summary>
internal sealed class FourierFeatures
{
    /// <summary>Features of one text.</summary>
    public const int Size = 256;

    private readonly float[][] _directions;
    private readonly float[] _phases;

    /// <param name="seed">Seed of the directions.</param>
    /// <param name="bandwidth">Width of the kernel, in distances between embeddings.</param>
    public FourierFeatures(long seed, double bandwidth)
    {
        var chance = Chance.For(seed, "fourier-features");
        _directions = [.. Enumerable.Range(0, Size).Select(_ => Enumerable.Range(0, HashedEmbedding.Size).Select(_ => (float)(chance.Normal() / bandwidth)).ToArray())];
        _phases = [.. Enumerable.Range(0, Size).Select(_ => (float)(chance.Unit() * 2 * Math.PI))];
    }

    public float[] Of(float[] embedding)
    {
        var features = new float[Size];
        for (var index = 0; index < Size; index++)
        {
            features[index] = MathF.Sqrt(2f / Size) * MathF.Cos(TensorPrimitives.Dot<float>(_directions[index], embedding) + _phases[index]);
        }

        return features;
    }
}
