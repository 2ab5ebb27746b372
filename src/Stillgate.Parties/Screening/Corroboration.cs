namespace Stillgate.Parties.Screening;

/// <summary>What dates and countries of two parties say beside their names. The amounts are set by judgement, not fitted.</summary>
/// <param name="LogOdds">What it adds to the log-odds of a match.</param>
/// <param name="Words">The same in words.</param>
public sealed record Corroboration(double LogOdds, string Words)
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
    /// <param name="leftCountries">ISO 3166-1 alpha-2 codes or country names, lower or upper case.</param>
    /// <param name="rightCountries">The same of the other party.</param>
    /// <returns>Null where there is nothing to weigh.</returns>
    public static Corroboration? Of(IReadOnlyCollection<string> leftDates, IReadOnlyCollection<string> rightDates, IReadOnlyCollection<string> leftCountries, IReadOnlyCollection<string> rightCountries)
    {
        var words = new List<string>();
        var sum = Dates(leftDates, rightDates, words) + Countries(leftCountries, rightCountries, words);
        return words.Count == 0 ? null : new Corroboration(sum, string.Join("; ", words));
    }

    private static double Dates(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right, List<string> words)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return 0;
        }

        if (left.Any(date => date.Length > 4 && right.Contains(date, StringComparer.Ordinal)))
        {
            words.Add("same date");
            return SameDate;
        }

        var gap = left.Select(Year).SelectMany(year => right.Select(Year), (one, other) => one == 0 || other == 0 ? int.MaxValue : Math.Abs(one - other)).Min();
        if (gap == int.MaxValue)
        {
            return 0;
        }

        words.Add(gap == 0 ? "same year" : gap <= NearYears ? "years near each other" : "years contradict");
        return gap == 0 ? SameYear : gap <= NearYears ? NearYear : OtherYear;
    }

    private static double Countries(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right, List<string> words)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return 0;
        }

        var agree = left.Any(country => right.Contains(country, StringComparer.OrdinalIgnoreCase));
        words.Add(agree ? "a country in common" : "no country in common");
        return agree ? SameCountry : OtherCountry;
    }

    private static int Year(string date) => date.Length >= 4 && int.TryParse(date.AsSpan(0, 4), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : 0;
}
