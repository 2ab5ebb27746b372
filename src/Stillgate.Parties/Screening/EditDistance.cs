namespace Stillgate.Parties.Screening;

/// <summary>
/// Damerau-Levenshtein distance with costs after what happens to names: a vowel for a vowel, letters that romanisations exchange,
/// a doubled letter and a silent h cost less than a change of consonant. Symmetric.
/// </summary>
internal static class EditDistance
{
    /// <summary>Longer words are compared by their first letters only; no name's word is longer.</summary>
    public const int WordCharsMax = 40;

    private const double VowelForVowel = 0.5;
    private const double Exchanged = 0.45;
    private const double Doubled = 0.25;
    private const double SilentLetter = 0.5;
    private const double VowelGap = 0.7;
    private const double Swap = 0.7;

    public static double Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, WordCharsMax)];
        right = right[..Math.Min(right.Length, WordCharsMax)];
        var width = right.Length + 1;
        Span<double> table = stackalloc double[3 * (WordCharsMax + 1)];
        var before = table[..width];
        var last = table.Slice(WordCharsMax + 1, width);
        var row = table.Slice(2 * (WordCharsMax + 1), width);
        last[0] = 0;
        for (var j = 1; j < width; j++)
        {
            last[j] = last[j - 1] + Gap(right, j - 1);
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = last[0] + Gap(left, i - 1);
            for (var j = 1; j < width; j++)
            {
                var cost = Math.Min(last[j - 1] + Change(left[i - 1], right[j - 1]), Math.Min(last[j] + Gap(left, i - 1), row[j - 1] + Gap(right, j - 1)));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] && left[i - 1] != right[j - 1])
                {
                    cost = Math.Min(cost, before[j - 2] + Swap);
                }

                row[j] = cost;
            }

            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return last[right.Length];
    }

    private static double Gap(ReadOnlySpan<char> text, int at)
    {
        var letter = text[at];
        if ((at > 0 && text[at - 1] == letter) || (at + 1 < text.Length && text[at + 1] == letter))
        {
            return Doubled;
        }

        return letter == 'h' && at > 0 ? SilentLetter : IsVowel(letter) && at > 0 ? VowelGap : 1;
    }

    private static double Change(char left, char right)
    {
        if (left == right)
        {
            return 0;
        }

        if (IsVowel(left) && IsVowel(right))
        {
            return VowelForVowel;
        }

        return AreExchanged(left, right) || AreExchanged(right, left) ? Exchanged : 1;
    }

    private static bool AreExchanged(char left, char right) => (left, right) is
        ('k', 'c') or ('k', 'q') or ('c', 'q') or ('s', 'z') or ('s', 'c') or ('v', 'w') or ('b', 'v') or ('b', 'p') or ('g', 'j') or ('d', 't') or ('i', 'y') or ('i', 'j')
        or ('y', 'j') or ('f', 'v') or ('f', 'p') or ('g', 'k') or ('z', 'j') or ('x', 'h') or ('u', 'v') or ('u', 'w') or ('g', 'q') or ('0', 'o') or ('1', 'l') or ('1', 'i');

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
