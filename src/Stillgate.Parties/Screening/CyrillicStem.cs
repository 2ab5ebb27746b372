namespace Stillgate.Parties.Screening;

/// <summary>Takes case, number and gender off words in Cyrillic, so that "безопасности" and "ракетное" find the listed form.</summary>
internal static class CyrillicStem
{
    private const int StemCharsMin = 4;

    // Longest first. One ending is taken off, never two.
    private static readonly string[] Endings =
    [
        "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "ный", "ній",
        "ая", "яя", "ое", "ее", "ый", "ий", "ой", "ые", "ие", "ых", "их", "ую", "юю", "ым", "им", "ом", "ем", "ов", "ев", "ей", "ам", "ям", "ах", "ях", "ия", "ии", "ию", "ью", "ої", "ів", "ій", "ію", "ії",
        "а", "я", "ы", "и", "у", "ю", "о", "е", "ь", "і", "й",
    ];

    /// <summary>The stem; null where the word is too short or is not of Cyrillic letters.</summary>
    /// <param name="raw">One word, lower case.</param>
    public static string? Of(string raw)
    {
        if (raw.Length < StemCharsMin + 1 || Scripts.Of(raw[0]) != Script.Cyrillic)
        {
            return null;
        }

        var ending = Array.Find(Endings, ending => raw.EndsWith(ending, StringComparison.Ordinal) && raw.Length - ending.Length >= StemCharsMin);
        return ending is null ? raw : raw[..^ending.Length];
    }
}
