using System.Collections.Frozen;
using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Views;

/// <summary>A snapshot with the indexes that the pages need. Made once a snapshot, shared by every reader.</summary>
public sealed class AnalysisView
{
    private readonly FrozenDictionary<string, AccountVerdict> _accounts;
    private readonly FrozenDictionary<string, Campaign> _campaigns;

    /// <summary>Indexes a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public AnalysisView(AnalysisSnapshot snapshot)
    {
        Snapshot = snapshot;
        _accounts = snapshot.Verdicts.ToFrozenDictionary(verdict => verdict.Account, StringComparer.Ordinal);
        _campaigns = snapshot.Campaigns.ToFrozenDictionary(campaign => campaign.Id, StringComparer.Ordinal);
        HarvestCount = Count(Verdict.Harvest);
        WatchCount = Count(Verdict.Watch);
        ClearCount = Count(Verdict.Clear);
        Largest = [.. snapshot.Campaigns.OrderByDescending(campaign => campaign.Exchanges).ThenBy(campaign => campaign.Id, StringComparer.Ordinal)];
    }

    /// <summary>The snapshot itself.</summary>
    public AnalysisSnapshot Snapshot { get; }

    /// <summary>Accounts whose verdict is harvest.</summary>
    public int HarvestCount { get; }

    /// <summary>Accounts whose verdict is watch.</summary>
    public int WatchCount { get; }

    /// <summary>Accounts whose verdict is clear.</summary>
    public int ClearCount { get; }

    /// <summary>The campaigns, most exchanges first.</summary>
    public IReadOnlyList<Campaign> Largest { get; }

    /// <summary>Finds an account.</summary>
    /// <param name="id">The account's id, exactly.</param>
    /// <returns>Its verdict, or null where the analysis has not seen it.</returns>
    public AccountVerdict? FindAccount(string id) => _accounts.GetValueOrDefault(id);

    /// <summary>Finds a campaign.</summary>
    /// <param name="id">The campaign's id, exactly.</param>
    /// <returns>The campaign, or null.</returns>
    public Campaign? FindCampaign(string id) => _campaigns.GetValueOrDefault(id);

    private int Count(Verdict verdict) => Snapshot.Verdicts.Count(candidate => candidate.Verdict == verdict);
}
