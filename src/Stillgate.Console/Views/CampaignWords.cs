using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Views;

/// <summary>A campaign in words.</summary>
internal static class CampaignWords
{
    private const int LinkKindsMax = 2;

    /// <summary>Share of the campaign's exchanges that had been served when it was named, 0 to 1.</summary>
    public static double ShareWhenNamed(Campaign campaign) =>
        campaign.Exchanges > 0 ? Math.Min(1, (double)campaign.ExchangesWhenNamed / campaign.Exchanges) : 0;

    public static string HowEarly(Campaign campaign) =>
        $"Named after {Words.Count(campaign.ExchangesWhenNamed)} of {Words.Counted(campaign.Exchanges, "exchange", "exchanges")}"
        + $" ({Words.Percent(ShareWhenNamed(campaign))})";

    /// <summary>The kinds of link that hold it together, most frequent first, each by the text of its strongest link.</summary>
    public static string Links(Campaign campaign) => string.Join(' ', campaign.Links
        .GroupBy(link => link.Kind, StringComparer.Ordinal)
        .OrderByDescending(kind => kind.Count())
        .ThenBy(kind => kind.Key, StringComparer.Ordinal)
        .Take(LinkKindsMax)
        .Select(kind => kind.MaxBy(link => link.Weight)!.Text));
}
