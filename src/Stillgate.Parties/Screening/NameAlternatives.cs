using System.Text.RegularExpressions;

namespace Stillgate.Parties.Screening;

/// <summary>
/// The names that one text holds: several values of a cell, an "a.k.a.", a former or maiden name, a bracket. Each is compared by itself,
/// and the best pair counts.
/// </summary>
internal static partial class NameAlternatives
{
    /// <summary>At most so many names are taken out of one text, which bounds the work that a cell can cause.</summary>
    public const int CountMax = 8;

    private const int LettersMin = 3;

    private const string Words = @"(?:(?:a|f|n)\.?\s?/?k\.?\s?/?a\.?|also known as|better known as|formerly known as|formerly|alias|d/b/a|d\.?b\.?a\.?|trading as|doing business as|née|nee|born|geb\.|roz\.|урожд\w*|он же|она же|также известн\w* как|бывш\w*)";

    /// <summary>Every name that the text holds, in the order in which they stand; the text itself where it holds only one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isPerson">Whether it is to be read as a person's name.</param>
    /// <returns>The names, and of each whether it is what stands in a bracket, which speaks only for itself against a text that is one name.</returns>
    public static (string Name, bool IsBracket)[] Of(string text, bool isPerson)
    {
        if (text.AsSpan().IndexOfAny(Hints) < 0 && !Spoken().IsMatch(text))
        {
            return [(text, false)];
        }

        var names = new List<(string Name, bool IsBracket)>();
        foreach (var value in Separator().Split(text).Where(IsName))
        {
            AddOf(names, value.Trim(), isPerson);
        }

        return names.Count == 0 ? [(text, false)] : [.. names.DistinctBy(name => name.Name, StringComparer.Ordinal).Take(CountMax)];
    }

    private static readonly System.Buffers.SearchValues<char> Hints = System.Buffers.SearchValues.Create(";|/([");

    private static void AddOf(List<(string Name, bool IsBracket)> names, string value, bool isPerson)
    {
        // "Pearl (a.k.a. Nei-Chien Chu) Li" is Pearl Li and Nei-Chien Chu.
        var spoken = SpokenBracket().Match(value);
        if (spoken.Success && !Born().IsMatch(spoken.Value))
        {
            AddOf(names, SpokenBracket().Replace(value, " ", 1).Trim(), isPerson);
            AddOf(names, spoken.Groups[1].Value.Trim(), isPerson);
            return;
        }

        var parts = Spoken().Split(value);
        var first = parts[0].Trim(Trimmed);
        if (parts.Length > 1 && IsName(first) && Born().IsMatch(value))
        {
            // A maiden name stands for the surname: "Angela Merkel (née Kasner)" is Angela Kasner too.
            names.Add((first, false));
            var maiden = parts[^1].Trim(Trimmed);
            var given = first.Split(' ', 2)[0];
            if (isPerson && IsName(maiden))
            {
                names.Add((maiden.Contains(' ', StringComparison.Ordinal) ? maiden : given + " " + maiden, false));
            }

            return;
        }

        foreach (var part in parts.Select(part => part.Trim(Trimmed)).Where(IsName))
        {
            AddWithoutBracket(names, part.Count(letter => letter == '(') == part.Count(letter => letter == ')') ? part : part.Trim('(', ')', ' '), isPerson);
        }
    }

    /// <summary>A bracket holds another name, or says which one is meant: "(UK)", "(Kenya)" and "(2)" tell bodies apart and stay.</summary>
    private static void AddWithoutBracket(List<(string Name, bool IsBracket)> names, string part, bool isPerson)
    {
        names.Add((part, false));
        var inside = Bracket().Match(part);
        var outside = Bracket().Replace(part, " ").Trim();
        if (!inside.Success || !IsName(outside))
        {
            return;
        }

        var content = inside.Groups[1].Value.Trim();
        if (isPerson || NameProfile.Read(content, EntitySchema.Organization).Tokens is { Length: > 0 } words && words.All(word => word.Kind is WordKind.Name or WordKind.Stop or WordKind.Descriptor))
        {
            names.Add((outside, false));
            if (IsName(content) && (!isPerson || content.Contains(' ', StringComparison.Ordinal)))
            {
                names.Add((content, true));
            }
        }
    }

    private static readonly char[] Trimmed = [' ', ',', ':', '"', '\'', '[', ']', '.', '-'];

    private static bool IsName(string text) => text.Count(char.IsLetter) >= LettersMin || text.Any(letter => Scripts.Of(letter) is Script.Han or Script.Hangul or Script.Kana);

    /// <summary>Between the values of a cell. A single stroke without spaces belongs to a name ("A/S", "M/V").</summary>
    [GeneratedRegex(@"\s*[;|]\s*|\s+/\s+")]
    private static partial Regex Separator();

    /// <summary>Words that say: another name follows.</summary>
    [GeneratedRegex(@"[\s,(\[]+" + Words + @"[\s:.,]+", RegexOptions.IgnoreCase)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"[(\[]\s*" + Words + @"[\s:.,]+([^()\[\]]+)[)\]]", RegexOptions.IgnoreCase)]
    private static partial Regex SpokenBracket();

    [GeneratedRegex(@"[\s,(\[](?:née|nee|born|geb\.|roz\.|урожд\w*)[\s:.,]", RegexOptions.IgnoreCase)]
    private static partial Regex Born();

    [GeneratedRegex(@"[(\[]([^()\[\]]*)[)\]]")]
    private static partial Regex Bracket();
}
