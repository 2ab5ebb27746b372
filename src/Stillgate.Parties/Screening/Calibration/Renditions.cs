using System.Text;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Renders Latin names in other scripts, roughly as a clerk would, so that there are cross-script pairs to fit on.</summary>
internal static class Renditions
{
    private static readonly (string From, string To)[] Cyrillic =
    [
        ("shch", "щ"), ("sch", "ш"), ("kh", "х"), ("zh", "ж"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("yo", "ё"), ("ph", "ф"), ("th", "т"), ("ck", "к"), ("iy", "ий"), ("ey", "ей"),
        ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "дж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"),
        ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"), ("y", "й"), ("z", "з"),
    ];

    private static readonly (string From, string To)[] Arabic =
    [
        ("kh", "خ"), ("sh", "ش"), ("gh", "غ"), ("th", "ث"), ("dh", "ذ"), ("ph", "ف"), ("ch", "تش"), ("aa", "ا"), ("ou", "و"), ("oo", "و"), ("ee", "ي"), ("mm", "م"), ("ll", "ل"), ("ss", "س"), ("tt", "ت"), ("dd", "د"), ("bb", "ب"),
        ("a", ""), ("b", "ب"), ("c", "ك"), ("d", "د"), ("e", ""), ("f", "ف"), ("g", "غ"), ("h", "ه"), ("i", "ي"), ("j", "ج"), ("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("o", "و"), ("p", "ب"), ("q", "ق"), ("r", "ر"),
        ("s", "س"), ("t", "ت"), ("u", "و"), ("v", "ف"), ("w", "و"), ("x", "كس"), ("y", "ي"), ("z", "ز"),
    ];

    private static readonly (string From, string To)[] Greek =
    [
        ("th", "θ"), ("ch", "χ"), ("kh", "χ"), ("ph", "φ"), ("ps", "ψ"), ("ou", "ου"), ("a", "α"), ("b", "μπ"), ("c", "κ"), ("d", "δ"), ("e", "ε"), ("f", "φ"), ("g", "γ"), ("h", "χ"), ("i", "ι"), ("j", "τζ"), ("k", "κ"),
        ("l", "λ"), ("m", "μ"), ("n", "ν"), ("o", "ο"), ("p", "π"), ("q", "κ"), ("r", "ρ"), ("s", "σ"), ("t", "τ"), ("u", "ου"), ("v", "β"), ("w", "γ"), ("x", "ξ"), ("y", "υ"), ("z", "ζ"),
    ];

    public static string ToCyrillic(string name) => Render(name, Cyrillic, keepFirstVowel: false);

    public static string ToArabic(string name) => Render(name, Arabic, keepFirstVowel: true);

    public static string ToGreek(string name) => Render(name, Greek, keepFirstVowel: false);

    private static string Render(string name, (string From, string To)[] rules, bool keepFirstVowel)
    {
        var lower = Latinizer.Clean(name);
        var rendered = new StringBuilder();
        for (var at = 0; at < lower.Length;)
        {
            var (from, to) = Array.Find(rules, rule => string.CompareOrdinal(lower, at, rule.From, 0, rule.From.Length) == 0);
            if (from is null)
            {
                rendered.Append(lower[at] == '\'' ? "" : lower[at].ToString());
                at++;
                continue;
            }

            // Arabic writes a vowel at the start of a word with alif.
            rendered.Append(keepFirstVowel && to.Length == 0 && (at == 0 || lower[at - 1] == ' ') ? "ا" : to);
            at += from.Length;
        }

        return rendered.ToString();
    }
}
