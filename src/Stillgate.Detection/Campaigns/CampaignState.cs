using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>A campaign as the map draws it.</summary>
/// <param name="Members">Its accounts in the order in which they were flagged; two or more.</param>
/// <param name="Links">A spanning set of links.</param>
internal sealed record CampaignState(IReadOnlyList<AccountState> Members, IReadOnlyList<MapLink> Links)
{
    /// <summary>Named after its first account, so that it keeps its name while it grows.</summary>
    public string Id => $"c-{Members[0].Index + 1}";

    public DateTimeOffset NamedAt => Members[0].Found.FlaggedAt!.At;
}
