namespace Stillgate.Parties.Screening;

/// <summary>Two words that the alignment put together.</summary>
/// <param name="Left">The word of the left name.</param>
/// <param name="Right">The word of the right name.</param>
/// <param name="Similarity">How far they agree.</param>
internal readonly record struct WordPair(NameToken Left, NameToken Right, WordSimilarity Similarity)
{
    public double Weight => Math.Max(Left.Weight, Right.Weight);
}
