using System.Text;

namespace Stillgate.Parties.Screening;

/// <summary>
/// One spelling for the several in which Russian, Ukrainian and Belarusian words are written in Latin: "obshchestvo" and "obschestvo", "zakrytoye" and "zakrytoe". Too coarse for names;
/// it serves to recognise a long phrase of which only the spelling can differ.
/// </summary>
internal static class SlavicRomanisation
{
    private static readonly (string From, string To)[] Rules =
    [
        ("shch", "sh"), ("sch", "sh"), ("sh", "sh"), ("oye", "oe"), ("oie", "oe"), ("iye", "ie"), ("iya", "ia"), ("aya", "aa"), ("aia", "aa"), ("yy", "i"), ("iy", "i"), ("yi", "i"), ("ii", "i"), ("ij", "i"), ("oy", "oi"),
        ("oj", "oi"), ("ey", "ei"), ("ej", "ei"), ("yu", "u"), ("iu", "u"), ("ju", "u"), ("ya", "a"), ("ia", "a"), ("ja", "a"), ("ye", "e"), ("je", "e"), ("ts", "c"), ("y", "i"), ("j", "i"), ("h", "g"), ("kh", "h"),
    ];

    public static string Of(string folded)
    {
        var key = new StringBuilder(folded.Length);
        for (var at = 0; at < folded.Length;)
        {
            var (from, to) = Array.Find(Rules, rule => string.CompareOrdinal(folded, at, rule.From, 0, rule.From.Length) == 0);
            key.Append(to ?? folded[at..(at + 1)]);
            at += from?.Length ?? 1;
        }

        return key.ToString();
    }
}
