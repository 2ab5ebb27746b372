using Stillgate.Detection.Findings;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Demo;

/// <summary>A campaign as the demo prints it: what was found, and beside it what the labels say of its accounts.</summary>
internal sealed record CampaignLine
{
    /// <summary>The campaign's id.</summary>
    public required string Campaign { get; init; }

    /// <summary>Its accounts.</summary>
    public required int Accounts { get; init; }

    /// <summary>Its exchanges so far.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Its exchanges when it was named.</summary>
    public required long ExchangesWhenNamed { get; init; }

    /// <summary>Share of its exchanges that had been served when it was named, 0 to 1.</summary>
    public required double ShareWhenNamed { get; init; }

    /// <summary>What links its accounts, in words.</summary>
    public required string Links { get; init; }

    /// <summary>What its accounts truly are, from the labels: for example "5 of 5 of a ring (cover-50)".</summary>
    public required string Truth { get; init; }

    /// <summary>Makes the line of a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="labels">The truth about every account.</param>
    public static CampaignLine Of(Campaign campaign, IReadOnlyDictionary<string, AccountLabel> labels) => new()
    {
        Campaign = campaign.Id,
        Accounts = campaign.Accounts.Count,
        Exchanges = campaign.Exchanges,
        ExchangesWhenNamed = campaign.ExchangesWhenNamed,
        ShareWhenNamed = campaign.Exchanges == 0 ? 0 : Math.Round(Math.Min(1, (double)campaign.ExchangesWhenNamed / campaign.Exchanges), 4),
        Links = campaign.Reasons.Count > 0 ? campaign.Reasons[0].Text : "",
        Truth = TruthOf(campaign, labels),
    };

    private static string TruthOf(Campaign campaign, IReadOnlyDictionary<string, AccountLabel> labels)
    {
        var groups = campaign.Accounts.Select(account => labels[account])
            .GroupBy(label => (label.Ring, Kind: label.RingKind ?? label.Kind))
            .OrderByDescending(group => group.Count());
        return string.Join("; ", groups.Select(group => group.Key.Ring is { } ring
            ? $"{group.Count()} of the {labels.Values.Count(label => label.Ring == ring)} accounts of a ring ({group.Key.Kind})"
            : $"{group.Count()} {group.Key.Kind}"));
    }
}
