using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Queue;

/// <summary>
/// Puts what is to be reviewed in an order: every campaign is one case, and so is every account outside a campaign whose verdict is not
/// clear. Accounts are adjusted among all accounts, campaigns among all groups that were opened, named or not. It orders; it changes no verdict.
/// </summary>
internal static class ReviewQueue
{
    public static AnalysisSnapshot Order(AnalysisSnapshot snapshot, int groupsTested)
    {
        var own = snapshot.Verdicts.Select(verdict => verdict.OwnPValue).ToArray();
        var (ownQ, ownE) = (FalseDiscovery.Adjust(own, own.Length), FalseDiscovery.AdjustAnyDependence(own, own.Length));
        var groups = snapshot.Campaigns.Select(campaign => campaign.PValue).ToArray();
        var (groupQ, groupE) = (FalseDiscovery.Adjust(groups, groupsTested), FalseDiscovery.AdjustAnyDependence(groups, groupsTested));

        var cases = new List<Case>();
        cases.AddRange(snapshot.Campaigns.Select((campaign, index) => new Case(campaign.Id, true, index, groupQ[index], campaign.PValue, campaign.Exposure.Units)));
        for (var index = 0; index < snapshot.Verdicts.Count; index++)
        {
            var verdict = snapshot.Verdicts[index];
            if (verdict.Campaign is null && verdict.Verdict != Verdict.Clear)
            {
                cases.Add(new Case(verdict.Account, false, index, ownQ[index], verdict.OwnPValue, verdict.Exposure.Received.Units));
            }
        }

        // The more has been received, the sooner among equals: it is the one use of exposure here, and it moves no verdict.
        var places = cases.OrderBy(one => one.QValue).ThenBy(one => one.PValue).ThenByDescending(one => one.Units).ThenBy(one => one.Id, StringComparer.Ordinal)
            .Select((one, index) => (one, Place: index + 1)).ToDictionary(pair => (pair.one.IsCampaign, pair.one.Index), pair => pair.Place);
        var campaigns = snapshot.Campaigns.Select((campaign, index) => campaign with { Review = Place(places[(true, index)], groupQ[index], groupE[index]) }).ToArray();
        var byId = campaigns.ToDictionary(campaign => campaign.Id, campaign => campaign.Review, StringComparer.Ordinal);
        return snapshot with
        {
            Campaigns = campaigns,
            Verdicts = [.. snapshot.Verdicts.Select((verdict, index) => verdict switch
            {
                { Campaign: { } campaign } => verdict with { Review = byId.GetValueOrDefault(campaign) },
                { Verdict: Verdict.Clear } => verdict,
                _ => verdict with { Review = Place(places[(false, index)], ownQ[index], ownE[index]) },
            })],
        };
    }

    private static ReviewPlace Place(int place, double q, double e) => new(place, Math.Round(q, 8), Math.Round(e, 8));

    private sealed record Case(string Id, bool IsCampaign, int Index, double QValue, double PValue, double Units);
}
