namespace Stillgate.Detection.Sketching;

/// <summary>
/// A signed random projection of the words of a text (Achlioptas 2003): two texts on one subject point the same way, and no word can be
/// read back. Short words carry grammar rather than subject and are left out; ideographs go in pairs.
/// </summary>
internal static class Embedder
{
    private const int ShortWordMax = 3;
    private const int PairedLength = 1;

    // Eight counters of a byte each in one word: so many tokens can be counted before one of them would be full.
    private const int CountedMax = 255;

    // The bits of a byte, each in a byte of its own.
    private static readonly ulong[] Spread = [.. Enumerable.Range(0, 256).Select(static bits =>
        Enumerable.Range(0, 8).Aggregate(0UL, (word, at) => word | ((ulong)((bits >> at) & 1) << (8 * at))))];

    public static void Embed(MaskedText text, Span<sbyte> into)
    {
        Span<int> sums = stackalloc int[SketchedExchange.EmbeddingLength];
        sums.Clear();
        Sum(text.Tokens, text.Lengths, sums);
        double squares = 0;
        foreach (var sum in sums)
        {
            squares += (double)sum * sum;
        }

        var scale = squares > 0 ? 127 / Math.Sqrt(squares) : 0;
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = (sbyte)Math.Round(sums[i] * scale);
        }
    }

    /// <summary>Adds one to a sum for each token whose bit is set there, and takes one away for each other.</summary>
    private static void Sum(ReadOnlySpan<ulong> tokens, ReadOnlySpan<byte> lengths, Span<int> sums)
    {
        ulong low = 0, high = 0;
        var counted = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            ulong token;
            if (lengths[i] > ShortWordMax)
            {
                token = tokens[i];
            }
            else if (lengths[i] == PairedLength && i + 1 < tokens.Length && lengths[i + 1] == PairedLength)
            {
                token = (tokens[i] * 31) + tokens[i + 1];
            }
            else
            {
                continue;
            }

            var bits = (token * 0xD6E8FEB86659FD93) >> 40;
            low += Spread[(byte)bits];
            high += Spread[(byte)(bits >> 8)];
            if (++counted == CountedMax)
            {
                Empty(low, high, counted, sums);
                (low, high, counted) = (0, 0, 0);
            }
        }

        Empty(low, high, counted, sums);
    }

    private static void Empty(ulong low, ulong high, int counted, Span<int> sums)
    {
        for (var i = 0; i < 8; i++)
        {
            sums[i] += (2 * (int)((low >> (8 * i)) & 0xFF)) - counted;
            sums[i + 8] += (2 * (int)((high >> (8 * i)) & 0xFF)) - counted;
        }
    }
}
