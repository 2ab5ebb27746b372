namespace Stillgate.Detection.Sketching;

/// <summary>Two independent 64-bit hashes of a run of tokens.</summary>
internal static class TokenSpan
{
    private const ulong PrimeA = 0x9E3779B185EBCA87;
    private const ulong PrimeB = 0xC2B2AE3D27D4EB4F;

    public static (ulong First, ulong Second) Whole(ReadOnlySpan<ulong> tokens)
    {
        ulong a = PrimeB, b = PrimeA;
        foreach (var token in tokens)
        {
            a = ((a ^ token) * PrimeA) ^ (a >> 31);
            b = (b + token) * PrimeB;
            b ^= b >> 29;
        }

        return (a, b + (ulong)tokens.Length);
    }

    /// <summary>The first of the two hashes alone.</summary>
    public static ulong First(ReadOnlySpan<ulong> tokens)
    {
        var a = PrimeB;
        foreach (var token in tokens)
        {
            a = ((a ^ token) * PrimeA) ^ (a >> 31);
        }

        return a;
    }

    /// <summary>The first tokens that make up about so many words.</summary>
    public static (ulong First, ulong Second) Prefix(MaskedText text, int words) =>
        Whole(text.Tokens[..Math.Min(text.Count, Scaled(text, words))]);

    /// <summary>The last tokens that make up about so many words.</summary>
    public static (ulong First, ulong Second) Suffix(MaskedText text, int words) =>
        Whole(text.Tokens[^Math.Min(text.Count, Scaled(text, words))..]);

    /// <summary>Whether the text is at least so many words long.</summary>
    public static bool Reaches(MaskedText text, int words) => text.Count >= Scaled(text, words);

    // An ideograph says less than a word: seven of them stand for about four words.
    private static int Scaled(MaskedText text, int words) => text.BeginsUnspaced ? words * 7 / 4 : words;
}
