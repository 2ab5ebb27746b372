using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Views;

/// <summary>A campaign in words.</summary>
internal static class CampaignWords
{
    private const int LinkKindsMax = 4;

    /// <summary>Share of the campaign's exchanges that had been served when it was named, 0 to 1.</summary>
    public static double ShareWhenNamed(Campaign campaign) =>
        campaign.Exchanges > 0 ? Math.Min(1, (double)campaign.ExchangesWhenNamed / campaign.Exchanges) : 0;

    public static string HowEarly(Campaign campaign) =>
        $"Named after {Words.Count(campaign.ExchangesWhenNamed)} of {Words.Counted(campaign.Exchanges, "exchange", "exchanges")}"
        + $" ({Words.Percent(ShareWhenNamed(campaign))})";

    /// <summary>The kinds of link that hold it together, most frequent first.</summary>
    public static IEnumerable<(string Kind, int Count)> LinkKinds(Campaign campaign) => campaign.Links
        .GroupBy(link => link.Kind, StringComparer.Ordinal)
        .Select(kind => (Kind: kind.Key, Count: kind.Count()))
        .OrderByDescending(kind => kind.Count)
        .ThenBy(kind => kind.Kind, StringComparer.Ordinal)
        .Take(LinkKindsMax);
}
