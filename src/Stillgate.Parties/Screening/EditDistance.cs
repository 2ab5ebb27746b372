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

    // What a change costs, for every two letters of folded words; letters beyond them only occur in text that nothing folds.
    private const int Letters = 128;
    private static readonly double[] Changes = [.. Enumerable.Range(0, Letters * Letters).Select(at => Change((char)(at / Letters), (char)(at % Letters)))];

    /// <summary>The distance of two words.</summary>
    public static double Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Of(left, right, double.PositiveInfinity);

    /// <summary>The distance of two words, or some number not below <paramref name="bound"/> as soon as it is certain that the distance is not below it.</summary>
    public static double Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double bound)
    {
        left = left[..Math.Min(left.Length, WordCharsMax)];
        right = right[..Math.Min(right.Length, WordCharsMax)];
        if (left.SequenceEqual(right))
        {
            return 0;
        }

        var width = right.Length + 1;
        Span<double> table = stackalloc double[4 * (WordCharsMax + 1)];
        var before = table[..width];
        var last = table.Slice(WordCharsMax + 1, width);
        var row = table.Slice(2 * (WordCharsMax + 1), width);
        var gaps = table.Slice(3 * (WordCharsMax + 1), width);
        last[0] = 0;
        for (var j = 1; j < width; j++)
        {
            gaps[j] = Gap(right, j - 1);
            last[j] = last[j - 1] + gaps[j];
        }

        // The least of the row before; a swap reaches over one row, so two of them bound what is to come.
        var leastBefore = 0.0;
        for (var i = 1; i <= left.Length; i++)
        {
            var least = FillRow(left, right, i, before, last, row, gaps);
            if (Math.Min(least, leastBefore) >= bound)
            {
                return bound;
            }

            leastBefore = least;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return last[right.Length];
    }

    private static double FillRow(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int i, Span<double> before, Span<double> last, Span<double> row, Span<double> gaps)
    {
        var letter = left[i - 1];
        var earlier = i > 1 ? left[i - 2] : '\0';
        var gap = Gap(left, i - 1);
        var costs = letter < Letters ? Changes.AsSpan(letter * Letters, Letters) : default;
        row[0] = last[0] + gap;
        var least = row[0];
        for (var j = 1; j < row.Length; j++)
        {
            var other = right[j - 1];
            var change = other < costs.Length ? costs[other] : Change(letter, other);
            var cost = Math.Min(last[j - 1] + change, Math.Min(last[j] + gap, row[j - 1] + gaps[j]));
            if (earlier == other && i > 1 && j > 1 && letter == right[j - 2] && letter != other)
            {
                cost = Math.Min(cost, before[j - 2] + Swap);
            }

            row[j] = cost;
            least = Math.Min(least, cost);
        }

        return least;
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
