namespace Stillgate.Parties.Screening;

/// <summary>One key for a country however lists and books write it: a code, a name in some language, "Korea, North".</summary>
internal static class CountryName
{
    /// <summary>The key, and whether the country is known; one that is not is compared as it is written.</summary>
    /// <param name="text">A code of two letters or a name.</param>
    public static (string Key, bool IsKnown) Key(string text)
    {
        var clean = Latinizer.Clean(text.Trim());
        if (Lexicon.Default.TryCountry(clean, out var code))
        {
            return (code, true);
        }

        var comma = clean.IndexOf(',', StringComparison.Ordinal);
        var turned = comma < 0 ? clean : clean[(comma + 1)..] + " " + clean[..comma];
        return new[] { turned, comma < 0 ? clean : clean[..comma] }.Select(Latinizer.Fold).FirstOrDefault(form => Lexicon.Default.TryCountry(form, out _)) is { } known && Lexicon.Default.TryCountry(known, out var found)
            ? (found, true)
            : (clean, false);
    }
}
