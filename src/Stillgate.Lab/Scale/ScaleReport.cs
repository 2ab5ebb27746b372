using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Scale;

/// <summary>What became of the campaign, and what it cost.</summary>
public sealed record ScaleReport
{
    /// <summary>Accounts that made an exchange.</summary>
    public required int Accounts { get; init; }

    /// <summary>Exchanges of everybody.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Exchanges of the campaign.</summary>
    public required long CampaignExchanges { get; init; }

    /// <summary>Campaign accounts flagged.</summary>
    public required Rate Recall { get; init; }

    /// <summary>Legitimate accounts flagged.</summary>
    public required Rate FalseAlarms { get; init; }

    /// <summary>Pairs of accounts in one named campaign that are of the campaign.</summary>
    public required Rate PairPrecision { get; init; }

    /// <summary>Pairs of accounts of the campaign that are in one named campaign.</summary>
    public required Rate PairRecall { get; init; }

    /// <summary>Pairs in one named campaign of which one harvests and one is legitimate.</summary>
    public required long HarvestLegitimatePairs { get; init; }

    /// <summary>Campaigns named.</summary>
    public required int CampaignsNamed { get; init; }

    /// <summary>Exchanges of the campaign served before the flag of the account that made them.</summary>
    public required long ServedBefore { get; init; }

    /// <summary>From the campaign's first exchange to the first flag of one of its accounts, in the log's time; null where there is none.</summary>
    public required TimeSpan? FirstFlagAfter { get; init; }

    /// <summary>Exchanges of the campaign up to that flag; null where there is none.</summary>
    public required long? ExchangesAtFirstFlag { get; init; }

    /// <summary>Exchanges a second inside the engine, one thread.</summary>
    public required double EnginePerSecond { get; init; }

    /// <summary>Exchanges a second from composing to the findings.</summary>
    public required double EndToEndPerSecond { get; init; }

    /// <summary>Wall time from the first exchange composed to the findings.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Memory that the engine holds at the end, registrations included, in bytes.</summary>
    public required long EngineBytes { get; init; }

    /// <summary>What of it came with the accounts (an empty engine's tables are left out), over <see cref="Accounts"/>.</summary>
    public required double EngineBytesPerAccount { get; init; }

    /// <summary>The same with every account at rest.</summary>
    public required double RestingBytesPerAccount { get; init; }

    /// <summary>Most memory of the whole process, composer and all, in bytes.</summary>
    public required long PeakBytes { get; init; }
}
