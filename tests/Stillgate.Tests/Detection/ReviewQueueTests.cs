using Stillgate.Detection.Findings;
using Stillgate.Detection.Queue;
using Xunit;

namespace Stillgate.Tests.Detection;

public sealed class ReviewQueueTests
{
    [Fact]
    public void Adjust_PublishedExample_GivesBenjaminiAndHochbergsRejections()
    {
        // The fifteen p-values of the example in Benjamini and Hochberg (1995), section 3.2: at 0.05, the first four are rejected.
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];

        var q = FalseDiscovery.Adjust([.. p.Reverse()], p.Length).Reverse().ToArray();

        Assert.Equal(4, q.Count(value => value <= 0.05));
        Assert.Equal(0.0001 * 15, q[0], 12);
        Assert.Equal(q.Order(), q);
    }

    [Fact]
    public void Adjust_MoreTestedThanAtHand_CountsTheOthers()
    {
        Assert.Equal([0.1, 0.1], FalseDiscovery.Adjust([0.001, 0.002], 100));
    }

    [Fact]
    public void AdjustAnyDependence_OfEValues_IsEBenjaminiHochberg()
    {
        double[] p = [1e-6, 1e-6, 0.04];

        var adjusted = FalseDiscovery.AdjustAnyDependence(p, 100);

        // By its definition: k* is the largest k whose k-th largest e-value is at least N / (k alpha); each is rejected from its alpha on.
        var e = p.Select(value => 0.5 / Math.Sqrt(value)).ToArray();
        Assert.Equal(100 / (2 * e[0]), adjusted[0], 12);
        Assert.Equal(adjusted[0], adjusted[1]);
        Assert.Equal(1, adjusted[2]);
    }

    [Fact]
    public void Order_Snapshot_PutsCasesInOneQueueAndChangesNoVerdict()
    {
        var snapshot = AnalysisSnapshot.Empty with
        {
            Campaigns = [Campaign("c-1", 0.001), Campaign("c-2", 0.0001)],
            Verdicts =
            [
                Line("member", Verdict.Harvest, own: 0.5, campaign: "c-2"),
                Line("alone", Verdict.Harvest, own: 0.0002),
                Line("watched", Verdict.Watch, own: 0.003),
                Line("clear", Verdict.Clear, own: 0.4),
            ],
        };

        var ordered = ReviewQueue.Order(snapshot, groupsTested: 10);

        Assert.Equal(["c-2 2", "c-1 3"], ordered.Campaigns.OrderBy(campaign => campaign.Review!.Place).Select(campaign => $"{campaign.Id} {campaign.Review!.Place}"));
        Assert.Equal([2, 1, 4, null], ordered.Verdicts.Select(verdict => verdict.Review?.Place));
        Assert.Equal([0.001, 0.0008, 0.006], ordered.Verdicts.Take(3).Select(verdict => verdict.Review!.QValue));
        Assert.Equal(0.005, ordered.Campaigns[0].Review!.QValue);
        Assert.Equal(snapshot.Verdicts.Select(verdict => verdict.Verdict), ordered.Verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal(snapshot.Verdicts.Select(verdict => verdict.PValue), ordered.Verdicts.Select(verdict => verdict.PValue));
    }

    private static Campaign Campaign(string id, double p) => new()
    {
        Id = id,
        Accounts = [],
        Links = [],
        FirstSeen = Exchanges.Start,
        LastSeen = Exchanges.Start,
        NamedAt = Exchanges.Start,
        Exchanges = 1,
        ExchangesWhenNamed = 1,
        PValue = p,
        Reasons = [],
    };

    private static AccountVerdict Line(string account, Verdict verdict, double own, string? campaign = null) => new()
    {
        Account = account,
        Verdict = verdict,
        PValue = own,
        OwnPValue = own,
        Campaign = campaign,
        Axes = new BehaviourAxes(0, 0, 0, 0),
        Reasons = [],
        Exposure = new Exposure(1, 1, 1, 0),
    };
}
