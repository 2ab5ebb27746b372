namespace Stillgate.Detection.Sketching;

/// <summary>
/// A signed random projection of the words of a text (Achlioptas 2003): two texts on one subject point the same way, and no word can be
/// read back. Short words carry grammar rather than subject and are left out; ideographs go in pairs.
/// </summary>
internal static class Embedder
{
    private const int ShortWordMax = 3;
    private const int PairedLength = 1;

    public static void Embed(MaskedText text, Span<sbyte> into)
    {
        Span<int> sums = stackalloc int[SketchedExchange.EmbeddingLength];
        sums.Clear();
        var tokens = text.Tokens;
        var lengths = text.Lengths;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (lengths[i] > ShortWordMax)
            {
                Add(tokens[i], sums);
            }
            else if (lengths[i] == PairedLength && i + 1 < tokens.Length && lengths[i + 1] == PairedLength)
            {
                Add((tokens[i] * 31) + tokens[i + 1], sums);
            }
        }

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

    private static void Add(ulong token, Span<int> sums)
    {
        var bits = (token * 0xD6E8FEB86659FD93) >> 40;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += ((bits >> i) & 1) == 0 ? -1 : 1;
        }
    }
}
