namespace Stillgate.Detection.Findings;

/// <summary>A group of accounts that act as one: a line of <c>campaigns.jsonl</c>.</summary>
public sealed record Campaign
{
    /// <summary>Id after the member that was flagged first, for example <c>c-17</c>: it stays while the campaign grows.</summary>
    public required string Id { get; init; }

    /// <summary>Its accounts, ordinal order.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>A spanning set of links: enough to connect every account, strongest first.</summary>
    public required IReadOnlyList<CampaignLink> Links { get; init; }

    /// <summary>First exchange of any member.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last exchange of any member.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When the first of its members was flagged, in the log's time.</summary>
    public required DateTimeOffset NamedAt { get; init; }

    /// <summary>Exchanges of its members so far.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Exchanges that its members had made when each of them was flagged.</summary>
    public required long ExchangesWhenNamed { get; init; }

    /// <summary>Chance that a group of unrelated accounts of the calibration population would look at least this bad.</summary>
    public required double PValue { get; init; }

    /// <summary>Why, strongest first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>What its members have received together: exactly what one account that had received all of it would show.</summary>
    public ExposureUnits Exposure { get; init; } = ExposureUnits.None;

    /// <summary>Where it stands in the review queue.</summary>
    public ReviewPlace? Review { get; init; }
}
