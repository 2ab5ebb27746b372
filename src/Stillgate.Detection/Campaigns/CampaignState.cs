using Stillgate.Detection.Accounts;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Campaigns;

/// <summary>A named campaign while the analysis goes on. Grows; a person may split it, which is recorded elsewhere.</summary>
internal sealed class CampaignState(int number, DateTimeOffset namedAt)
{
    public int Number { get; } = number;

    public string Id => $"c-{Number + 1}";

    public DateTimeOffset NamedAt { get; } = namedAt;

    public long ExchangesWhenNamed { get; set; }

    public double PValue { get; set; } = 1;

    public List<Reason> Reasons { get; set; } = [];

    /// <summary>Members in the order in which they were added, each with the link that added it.</summary>
    public List<(AccountState Account, CampaignLink? Link)> Members { get; } = [];
}
