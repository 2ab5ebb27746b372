namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Words of the source's other names, from which replacements are drawn.</summary>
internal sealed class DeviationPool
{
    private readonly string[] _given;
    private readonly string[] _family;
    private readonly string[] _distinctive;

    public DeviationPool(IEnumerable<string> people, IEnumerable<string> organizations)
    {
        var names = people.Select(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length >= 2).ToArray();
        _given = Usable(names.Select(words => words[0]));
        _family = Usable(names.Select(words => words[^1]));
        _distinctive = Usable(organizations.SelectMany(name => OrganizationReader.Read(name).Tokens).Where(token => token.Kind == WordKind.Name).Select(token => token.Text));
    }

    public string? Given(Random random, string not) => Draw(random, _given, not);

    public string? Family(Random random, string not) => Draw(random, _family, not);

    public string? Distinctive(Random random, string not) => Draw(random, _distinctive, not);

    public string? NearGiven(Random random, string to) => Near(random, _given, to);

    public string? NearFamily(Random random, string to) => Near(random, _family, to);

    public string? NearDistinctive(Random random, string to) => Near(random, _distinctive, to);

    private static string[] Usable(IEnumerable<string> words) =>
        [.. words.Where(word => word.Length > 2 && word.All(char.IsLetter)).Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string? Draw(Random random, string[] words, string not)
    {
        for (var attempt = 0; attempt < 8 && words.Length > 0; attempt++)
        {
            var word = words[random.Next(words.Length)];
            if (IsOther(word, not))
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>The most similar of a random handful: a near miss, but another word.</summary>
    private static string? Near(Random random, string[] words, string to)
    {
        const int Handful = 400;
        var best = (Word: (string?)null, Ratio: 0.0);
        var folded = Latinizer.Fold(Latinizer.Clean(to));
        for (var attempt = 0; attempt < Handful && words.Length > 0; attempt++)
        {
            var word = words[random.Next(words.Length)];
            var ratio = WordComparer.Ratio(word, folded);
            if (ratio > best.Ratio && ratio <= 0.62 && IsOther(word, to))
            {
                best = (word, ratio);
            }
        }

        return best.Ratio > 0.15 ? best.Word : null;
    }

    /// <summary>Words that could be spellings of each other are no replacement.</summary>
    private static bool IsOther(string word, string to)
    {
        var folded = Latinizer.Fold(Latinizer.Clean(to));
        var groups = Lexicon.Default.Groups(folded);
        return word != folded && SoundKey.Of(word) != SoundKey.Of(folded)
            && SoundKey.Skeleton(SoundKey.Of(word)) != SoundKey.Skeleton(SoundKey.Of(folded))
            && !Lexicon.Default.Groups(word).Any(groups.Contains) && !GenderForms.Agree(word, folded);
    }
}
