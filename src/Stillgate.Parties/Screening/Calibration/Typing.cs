using System.Text;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Slips of typing, romanisation and marks, as they happen to one word.</summary>
internal static class Typing
{
    private static readonly string[] KeyRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    private static readonly (string From, string To)[] Romanisations =
    [
        ("kh", "h"), ("h", "kh"), ("q", "k"), ("k", "q"), ("k", "c"), ("c", "k"), ("ou", "u"), ("u", "ou"), ("oo", "u"), ("u", "oo"), ("ee", "i"), ("i", "ee"), ("y", "i"), ("i", "y"), ("ei", "ey"),
        ("ey", "ei"), ("v", "w"), ("w", "v"), ("ph", "f"), ("f", "ph"), ("sh", "sch"), ("ch", "tch"), ("zh", "j"), ("j", "dj"), ("dj", "j"), ("ya", "ia"), ("ia", "ya"), ("yu", "iu"), ("iu", "yu"), ("e", "i"),
        ("o", "u"), ("u", "o"), ("a", "e"), ("e", "a"), ("iy", "y"), ("ii", "iy"), ("x", "ks"), ("ks", "x"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("z", "s"), ("ai", "ay"), ("ay", "ai"),
    ];

    private static readonly Dictionary<char, string> Marks = new()
    {
        ['a'] = "áàäâãå", ['e'] = "éèëê", ['i'] = "íìïî", ['o'] = "óòöôõø", ['u'] = "úùüû", ['c'] = "çčć", ['s'] = "šśş", ['z'] = "žźż", ['n'] = "ñń", ['y'] = "ý", ['g'] = "ğ", ['l'] = "ł",
    };

    /// <summary>One slip inside a word of five letters or more, never at its first letter; null for shorter words.</summary>
    public static string? Slip(Random random, string word)
    {
        if (word.Length < 5 || !word.All(char.IsAsciiLetter))
        {
            return null;
        }

        var at = random.Next(1, word.Length);
        return random.Next(5) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            2 => at + 1 < word.Length && word[at] != word[at + 1] ? word[..at] + word[at + 1] + word[at] + word[(at + 2)..] : word.Remove(at, 1),
            3 => word[..at] + Neighbour(random, word[at]) + word[(at + 1)..],
            _ => word.Insert(at, Neighbour(random, word[at]).ToString()),
        };
    }

    /// <summary>One other romanisation of a part of the word.</summary>
    public static string? Romanise(Random random, string word)
    {
        var fitting = Romanisations.Where(rule => word.IndexOf(rule.From, 1 < word.Length ? 1 : 0, StringComparison.OrdinalIgnoreCase) >= 0).ToArray();
        if (word.Length < 4 || fitting.Length == 0)
        {
            return null;
        }

        var (from, to) = fitting[random.Next(fitting.Length)];
        var at = word.IndexOf(from, 1, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : word[..at] + to + word[(at + from.Length)..];
    }

    public static string? AddMarks(Random random, string word)
    {
        var marked = new StringBuilder();
        var changed = false;
        foreach (var letter in word)
        {
            var take = Marks.TryGetValue(char.ToLowerInvariant(letter), out var options) && random.Next(2) == 0;
            changed |= take;
            marked.Append(take ? options![random.Next(options!.Length)] : letter);
        }

        return changed ? marked.ToString() : null;
    }

    private static char Neighbour(Random random, char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        var row = Array.Find(KeyRows, keys => keys.Contains(lower, StringComparison.Ordinal)) ?? KeyRows[0];
        var at = row.IndexOf(lower, StringComparison.Ordinal) + (random.Next(2) == 0 ? -1 : 1);
        return row[Math.Clamp(at, 0, row.Length - 1)];
    }
}
