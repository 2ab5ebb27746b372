using System.Text;

namespace Stillgate.Parties.Screening;

/// <summary>
/// What of a word survives being written in Greek. Greek writes b as mp, which Latin renders b, mp or mb; d as nt; g as gk; j as tz; and several of its vowels sound alike. The key of a word is the same
/// for all of these, so it says less than the spelling, and is asked only where one of two words is in Greek.
/// </summary>
internal static class GreekSpelling
{
    // Longest first: the first rule that fits at a position is taken.
    private static readonly (string From, string To)[] Rules =
    [
        ("ngk", "g"), ("mp", "b"), ("mb", "b"), ("nt", "d"), ("nd", "d"), ("gk", "g"), ("gg", "g"), ("ng", "g"), ("nk", "g"), ("tz", "j"), ("dz", "j"), ("dj", "j"), ("ou", "u"), ("ei", "i"), ("oi", "i"), ("yi", "i"),
        ("au", "av"), ("ay", "av"), ("af", "av"), ("eu", "ev"), ("ey", "ev"), ("ef", "ev"), ("kh", "h"), ("ch", "h"), ("ph", "f"), ("th", "t"), ("ks", "x"), ("sh", "s"), ("gu", "g"), ("w", "g"), ("y", "i"), ("c", "k"), ("q", "k"),
    ];

    public static string Of(string folded)
    {
        var key = new StringBuilder(folded.Length);
        for (var at = 0; at < folded.Length;)
        {
            // "Yannis" and "Giannis": before a vowel the g is hardly spoken.
            if (folded[at] == 'g' && at + 2 < folded.Length && folded[at + 1] == 'i' && folded[at + 2] is 'a' or 'o' or 'u' or 'e')
            {
                at++;
                continue;
            }

            var (from, to) = Array.Find(Rules, rule => string.CompareOrdinal(folded, at, rule.From, 0, rule.From.Length) == 0);
            foreach (var letter in to ?? folded[at..(at + 1)])
            {
                if (key.Length == 0 || key[^1] != letter)
                {
                    key.Append(letter);
                }
            }

            at += from?.Length ?? 1;
        }

        return key.ToString();
    }
}
