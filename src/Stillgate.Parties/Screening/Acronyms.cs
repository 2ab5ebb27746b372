namespace Stillgate.Parties.Screening;

/// <summary>Recognises a word that is made of the other name's initials: IBM, ICBC, ADF.</summary>
internal static class Acronyms
{
    private const int LettersMin = 2;
    private const int LettersMax = 8;

    /// <summary>Where a left-over word of one side spells the initials of the other side's words, takes both out of what is left over.</summary>
    /// <returns>The acronym, or null.</returns>
    public static string? Take(NameProfile left, NameProfile right, List<NameToken> leftOver, List<NameToken> rightOver) =>
        left.Reading == EntitySchema.Person ? null : TakeOne(right, leftOver, rightOver) ?? TakeOne(left, rightOver, leftOver);

    private static string? TakeOne(NameProfile whole, List<NameToken> over, List<NameToken> spelled)
    {
        foreach (var word in over)
        {
            if (word.Kind != WordKind.Name || word.Text.Length is < LettersMin or > LettersMax || word.Text.Any(char.IsAsciiDigit)
                || !Spells(word.Text, whole.Tokens) || spelled.Count + 1 < word.Text.Length / 2.0)
            {
                continue;
            }

            // Whatever the acronym stands for agrees; a number or a place that it does not cover stays left over.
            var covered = spelled.Where(token => token.Kind is not WordKind.Number && word.Text.Contains(token.Text[0], StringComparison.Ordinal)).ToList();
            if (covered.Count == 0)
            {
                continue;
            }

            over.Remove(word);
            spelled.RemoveAll(covered.Contains);
            return word.Text;
        }

        return null;
    }

    private static bool Spells(string acronym, NameToken[] words)
    {
        var all = string.Concat(words.Select(word => word.Text[0]));
        var content = string.Concat(words.Where(word => word.Kind != WordKind.Stop).Select(word => word.Text[0]));
        return content.Contains(acronym, StringComparison.Ordinal) || all.Contains(acronym, StringComparison.Ordinal)
            || (acronym.Length > 3 && acronym.StartsWith(content, StringComparison.Ordinal) && content.Length >= acronym.Length - 1 && content.Length >= 3);
    }
}
