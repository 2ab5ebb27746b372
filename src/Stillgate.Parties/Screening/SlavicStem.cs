namespace Stillgate.Parties.Screening;

/// <summary>Takes the case and gender endings off long Slavic adjectives, so that every form finds the listed one.</summary>
internal static class SlavicStem
{
    private const int WordCharsMin = 8;
    private const int StemCharsMin = 5;

    private static readonly string[] Endings = ["nogo", "noye", "naya", "nyye", "nykh", "nyy", "noe", "noy", "nyi", "nye", "nom", "nym", "nij", "niy", "skogo", "skoye", "skaya", "skiy", "skoe", "skoi", "skoy", "skie", "skikh", "skij", "skii"];

    private static readonly string[] PlaceEndings = ["skiy", "skij", "skii", "skyi", "skyy", "skoye", "skoe", "skaya", "skaja", "skogo", "skoy", "skoi", "skie", "skiye", "skikh", "sky", "ska", "ske"];
    private static readonly string[] PlaceEnds = ["", "a", "o", "iya", "sk", "y", "e", "ka"];

    /// <summary>The names from which an adjective of place may be made: "tulskiy" of "tul", "tula", "tulo" and so on; most are no words.</summary>
    public static IEnumerable<string> PlacesOf(string folded)
    {
        const int PlaceCharsMin = 3;
        var ending = folded.Length < 6 ? null : Array.Find(PlaceEndings, ending => folded.EndsWith(ending, StringComparison.Ordinal));
        return ending is null || folded.Length - ending.Length < PlaceCharsMin ? [] : PlaceEnds.Select(end => folded[..^ending.Length] + end);
    }

    /// <summary>The stem, or null where the word has no such ending.</summary>
    public static string? Of(string folded)
    {
        if (folded.Length < WordCharsMin)
        {
            return null;
        }

        foreach (var ending in Endings)
        {
            if (folded.EndsWith(ending, StringComparison.Ordinal) && folded.Length - ending.Length >= StemCharsMin)
            {
                return folded[..^ending.Length] + ending[0];
            }
        }

        return null;
    }
}
