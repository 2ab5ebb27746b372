using System.Globalization;
using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Views;

/// <summary>How the console writes numbers, times and addresses. One place, so that every page reads the same.</summary>
internal static class Words
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Harvest => "harvest",
        Verdict.Watch => "watch",
        Verdict.Clear => "clear",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Counted(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    public static string Percent(double share) => share switch
    {
        <= 0 => "0 %",
        < 0.001 => "< 0.1 %",
        < 0.1 => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        _ => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
    };

    public static string Fine(double number) => number.ToString(number >= 100 ? "N0" : "0.0##", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString(number >= 100 ? "N0" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A p-value as the start of a sentence: "About 1 in 2,500" is read rightly by more people than 0.0004.</summary>
    public static string Odds(double pValue, string ofWhom) => pValue switch
    {
        <= 1e-9 => $"Fewer than 1 in a billion {ofWhom}",
        < 0.05 => $"About 1 in {Count((long)Rounded(1 / pValue))} {ofWhom}",
        _ => $"About {Percent(pValue)} of {ofWhom}",
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string AccountAddress(string account) => "/accounts/" + Uri.EscapeDataString(account);

    public static string CampaignAddress(string campaign) => "/campaigns/" + Uri.EscapeDataString(campaign);

    /// <summary>A coordinate or length for SVG, in at most two decimals.</summary>
    public static string Svg(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Rounded(double number)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(number)) - 1));
        return Math.Round(number / unit) * unit;
    }
}
