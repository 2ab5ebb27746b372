namespace Stillgate.Parties.Screening;

/// <summary>What dates and countries of two parties say beside their names. The amounts are set by judgement, not fitted.</summary>
/// <param name="LogOdds">What it adds to the log-odds of a match.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Parts">The same, date and country apart.</param>
public sealed record Corroboration(double LogOdds, string Words, IReadOnlyList<MatchFeature> Parts)
{
    private const double SameDate = 2;
    private const double SameYear = 1;
    private const double OtherYear = -2.5;
    private const double NearYear = -0.5;
    private const double SameCountry = 0.5;
    private const double OtherCountry = -0.75;
    private const int NearYears = 2;

    /// <summary>Weighs what is known on both sides; what only one side states says nothing.</summary>
    /// <param name="leftDates">Dates of birth or foundation as ISO dates or bare years.</param>
    /// <param name="rightDates">The same of the other party.</param>
    /// <param name="leftCountries">ISO 3166-1 alpha-2 codes or country names in any usual spelling.</param>
    /// <param name="rightCountries">The same of the other party.</param>
    /// <returns>Null where there is nothing to weigh.</returns>
    public static Corroboration? Of(IReadOnlyCollection<string> leftDates, IReadOnlyCollection<string> rightDates, IReadOnlyCollection<string> leftCountries, IReadOnlyCollection<string> rightCountries)
    {
        ArgumentNullException.ThrowIfNull(leftDates);
        ArgumentNullException.ThrowIfNull(rightDates);
        ArgumentNullException.ThrowIfNull(leftCountries);
        ArgumentNullException.ThrowIfNull(rightCountries);
        var parts = new[] { Dates(leftDates, rightDates), Countries(leftCountries, rightCountries) }.OfType<MatchFeature>().ToArray();
        return parts.Length == 0 ? null : new Corroboration(parts.Sum(part => part.LogOdds), string.Join("; ", parts.Select(part => part.Name)), parts);
    }

    private static MatchFeature? Dates(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }

        if (left.Any(date => date.Length > 4 && right.Contains(date, StringComparer.Ordinal)))
        {
            return new MatchFeature("same date", 1, SameDate);
        }

        var gap = left.Select(Year).SelectMany(year => right.Select(Year), (one, other) => one == 0 || other == 0 ? int.MaxValue : Math.Abs(one - other)).Min();
        return gap switch
        {
            int.MaxValue => null,
            0 => new MatchFeature("same year", 1, SameYear),
            <= NearYears => new MatchFeature("years near each other", 1, NearYear),
            _ => new MatchFeature("years contradict", 1, OtherYear),
        };
    }

    /// <summary>"KP", "North Korea" and "Korea, North" are one country. Spellings that nobody knows may agree; they never contradict.</summary>
    private static MatchFeature? Countries(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }

        var (ones, others) = (left.Select(CountryName.Key).ToArray(), right.Select(CountryName.Key).ToArray());
        return Array.Exists(ones, one => Array.Exists(others, other => one.Key == other.Key)) ? new MatchFeature("a country in common", 1, SameCountry)
            : ones.Concat(others).All(country => country.IsKnown) ? new MatchFeature("no country in common", 1, OtherCountry)
            : null;
    }

    private static int Year(string date) => date.Length >= 4 && int.TryParse(date.AsSpan(0, 4), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : 0;
}
