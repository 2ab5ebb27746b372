namespace Stillgate.Parties.Screening;

/// <summary>How far two words agree.</summary>
/// <param name="Value">0 nothing in common, 1 the same word.</param>
/// <param name="Reason">What the agreement rests on.</param>
internal readonly record struct WordSimilarity(double Value, SimilarityReason Reason)
{
    public static readonly WordSimilarity None = new(0, SimilarityReason.Different);
}
