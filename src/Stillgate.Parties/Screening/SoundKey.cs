using System.Text;

namespace Stillgate.Parties.Screening;

/// <summary>
/// The romanisation key of a word. Romanisations of one name differ in ways that carry no identity (kh/h, q/k, ou/u, sch/sh, doubled letters);
/// the key removes those and keeps the rest. It is coarser than spelling and finer than Soundex: vowels stay.
/// </summary>
internal static class SoundKey
{
    // Longest first: the first rule that fits at a position is taken.
    private static readonly (string From, string To)[] Rules =
    [
        ("shch", "sh"), ("schtsch", "sh"), ("tsch", "ch"), ("dsch", "j"), ("tch", "ch"), ("sch", "sh"), ("dzh", "j"), ("dj", "j"), ("ndj", "nj"),
        ("zh", "j"), ("cz", "ch"), ("sz", "sh"), ("rz", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"),
        ("ck", "k"), ("cq", "k"), ("qu", "k"), ("ks", "x"), ("tz", "ts"), ("wh", "w"),
        ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ii", "i"), ("iy", "i"), ("yi", "i"), ("ij", "i"), ("yy", "i"), ("ey", "ei"),
        ("aa", "a"), ("ae", "a"), ("ue", "u"), ("oe", "o"), ("ay", "ai"), ("oy", "oi"), ("uy", "ui"), ("aw", "au"), ("ow", "ou"), ("eu", "u"), ("eo", "o"),
    ];

    private static readonly (string From, string To)[][] RulesByLetter = [.. Enumerable.Range(0, 26).Select(letter => Rules.Where(rule => rule.From[0] == 'a' + letter).ToArray())];

    public static string Of(string text) => Of(text, dropSilent: true);

    /// <summary>The key, with or without the h that only lengthens a vowel.</summary>
    public static string Of(string text, bool dropSilent)
    {
        var key = new StringBuilder(text.Length);
        var at = 0;
        if ((text.StartsWith("ye", StringComparison.Ordinal) && !text.StartsWith("yeo", StringComparison.Ordinal)) || text.StartsWith("je", StringComparison.Ordinal))
        {
            at = 1;
        }

        while (at < text.Length)
        {
            at += Append(key, text, at, dropSilent);
        }

        if (key.Length > 3 && key[^1] == 'h')
        {
            key.Length--;
        }

        return key.ToString();
    }

    /// <summary>The consonants of a key, weak letters and repeated ones dropped.</summary>
    public static string Skeleton(string sound)
    {
        var kept = new StringBuilder(sound.Length);
        foreach (var letter in sound)
        {
            var mapped = letter switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'w' or 'v' => '\0',
                'p' => 'b',
                'x' => 'k',
                'z' => 's',
                _ => letter,
            };
            if (mapped != '\0' && (kept.Length == 0 || kept[^1] != mapped))
            {
                kept.Append(mapped);
            }
        }

        return kept.ToString();
    }

    private static int Append(StringBuilder key, string text, int at, bool dropSilent)
    {
        var first = text[at] - 'a';
        foreach (var (from, to) in first is >= 0 and < 26 ? RulesByLetter[first] : [])
        {
            if (text.AsSpan(at).StartsWith(from))
            {
                Put(key, to);
                return from.Length;
            }
        }

        switch (text[at])
        {
            case 'q':
                Put(key, "k");
                break;
            case 'c':
                Put(key, at + 1 < text.Length && text[at + 1] is 'e' or 'i' or 'y' ? "s" : at + 1 < text.Length && text[at + 1] == 'h' ? "c" : "k");
                break;
            case 'w':
                Put(key, "v");
                break;
            case 'y':
                Put(key, "i");
                break;
            case 'h' when dropSilent && at > 0 && at + 1 < text.Length && IsVowel(text[at - 1]) && !IsVowel(text[at + 1]):
                break;
            default:
                Put(key, text[at]);
                break;
        }

        return 1;
    }

    private static void Put(StringBuilder key, string letters)
    {
        foreach (var letter in letters)
        {
            Put(key, letter);
        }
    }

    private static void Put(StringBuilder key, char letter)
    {
        if (key.Length == 0 || key[^1] != letter || char.IsAsciiDigit(letter))
        {
            key.Append(letter);
        }
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
