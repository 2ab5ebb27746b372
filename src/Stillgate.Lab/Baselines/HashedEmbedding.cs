using System.Numerics.Tensors;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// A text as a unit vector of hashed term frequencies with signs: the shared stand-in for the sentence encoders of the papers,
/// which cannot be run here. It is weaker on paraphrase than they are, and the tables say so.
/// </summary>
internal static class HashedEmbedding
{
    /// <summary>Length of a vector.</summary>
    public const int Size = 256;

    /// <summary>Embeds a text; the zero vector for an empty one.</summary>
    public static float[] Of(string text)
    {
        var vector = new float[Size];
        HashedTerms.Visit(text, vector, static (term, into) => into[term % Size] += (term & 0x8000_0000) == 0 ? 1 : -1);
        for (var index = 0; index < Size; index++)
        {
            // A long text repeats its terms; the root keeps a frequent trigram from drowning the rest.
            vector[index] = MathF.CopySign(MathF.Sqrt(MathF.Abs(vector[index])), vector[index]);
        }

        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return vector;
    }

    /// <summary>Cosine of two embeddings.</summary>
    public static float Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);
}
