namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Draws on the lexicon of personal names for deviations.</summary>
internal static class LexiconSamples
{
    private static readonly string[] Latin = [.. Lexicon.Default.NameForms.Where(form => form.All(char.IsAsciiLetter) && form.Length > 2).Order(StringComparer.Ordinal)];

    /// <summary>Other Latin forms of a known name.</summary>
    public static string[] Variants(string word)
    {
        var text = Latinizer.Fold(Latinizer.Clean(word));
        var groups = Lexicon.Default.Groups(text);
        return groups.Length == 0 || groups.All(group => group.Gender == 'u') ? [] : [.. Latin.Where(form => form != text && Lexicon.Default.Groups(form).Any(groups.Contains))];
    }

    /// <summary>Other known names, the ones that look most like it first; at most twenty.</summary>
    public static string[] Others(string word, bool sameGender)
    {
        var text = Latinizer.Fold(Latinizer.Clean(word));
        var groups = Lexicon.Default.Groups(text);
        var gender = groups.Select(group => group.Gender).FirstOrDefault(known => known != 'u');
        if (gender == '\0')
        {
            return [];
        }

        return [.. Latin
            .Where(form => Lexicon.Default.Groups(form) is var own && !own.Any(groups.Contains) && own.Any(group => group.Gender != 'u' && (group.Gender == gender) == sameGender))
            .OrderByDescending(form => WordComparer.Ratio(form, text))
            .ThenBy(form => form, StringComparer.Ordinal)
            .Take(20)];
    }
}
