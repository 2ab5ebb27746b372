using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Judges groups and keeps the campaigns. A group is named when its score is rarer among control groups than the calibration's budget
/// and it shows two independent kinds of evidence: that its accounts act together, and what they act together for.
/// </summary>
internal sealed class CampaignBook(AnalysisOptions options, AnchorTable anchors)
{
    private const double JoinOverlap = 0.3;
    private const int FoundersMin = 4;
    private readonly CalibrationSet _calibration = options.Calibration;
    private readonly AddressSharing _addresses = new(anchors);
    private readonly List<CampaignState> _campaigns = [];

    public int Count => _campaigns.Count;

    public IReadOnlyList<CampaignState> All => _campaigns;

    public void Judge(AnchorGroup group, long clockMs)
    {
        group.Evaluated();
        if (GroupMeasurement.Measure(group, _addresses) is not { } features)
        {
            return;
        }

        options.Observer?.GroupMeasured(group.Anchor, MeasuredAccounts(group), features, group.Count);
        var p = _calibration.GroupControls.PValue(_calibration.GroupModel.Score(features));
        if (p > _calibration.GroupAlpha || !GroupEvidence.ShowsBothKinds(features, _calibration.GroupModel))
        {
            // Not suspicious, or no longer: what the group shares has turned out to be common. No one is added; nothing is taken back.
            return;
        }

        var typical = group.Members.Where(member => GroupEvidence.IsTypical(member, group, features, _calibration)).ToArray();
        if (Campaign(group, typical, clockMs) is { } campaign)
        {
            Explain(campaign, group, features, p);
            Add(campaign, group, typical, clockMs);
        }
    }

    private static List<string> MeasuredAccounts(AnchorGroup group) =>
        [.. group.Members.Where(member => member.Count >= GroupMeasurement.MemberExchangesMin).Select(member => member.Account.Account)];

    /// <summary>
    /// The campaign that the group belongs to: its own, one that already holds a good part of its typical members, or a new one where
    /// enough of them are in none. One account in common would merge strangers.
    /// </summary>
    private CampaignState? Campaign(AnchorGroup group, MemberStats[] typical, long clockMs)
    {
        if (group.Campaign >= 0)
        {
            return _campaigns[group.Campaign];
        }

        var held = typical.Where(member => member.Account.Evidence.Campaign >= 0)
            .GroupBy(member => member.Account.Evidence.Campaign)
            .MaxBy(same => same.Count());
        if (held is not null && held.Count() >= JoinOverlap * typical.Length)
        {
            group.Campaign = held.Key;
            return _campaigns[held.Key];
        }

        if (typical.Count(member => member.Account.Evidence.Campaign < 0) < FoundersMin)
        {
            return null;
        }

        group.Campaign = _campaigns.Count;
        var campaign = new CampaignState(_campaigns.Count, DateTimeOffset.FromUnixTimeMilliseconds(clockMs));
        _campaigns.Add(campaign);
        return campaign;
    }

    private void Explain(CampaignState campaign, AnchorGroup group, double[] features, double p)
    {
        if (campaign.Reasons.Count == 0 || p < campaign.PValue)
        {
            campaign.PValue = p;
            campaign.Reasons = GroupReasons.Explain(group, features, _calibration.GroupModel);
        }
    }

    private static void Add(CampaignState campaign, AnchorGroup group, MemberStats[] typical, long clockMs)
    {
        foreach (var member in typical)
        {
            if (member.Account.Evidence.Campaign < 0)
            {
                AddMember(campaign, group, member, clockMs);
            }
        }

        if (campaign.ExchangesWhenNamed == 0)
        {
            campaign.ExchangesWhenNamed = campaign.Members.Sum(member => member.Account.Count);
        }
    }

    private static void AddMember(CampaignState campaign, AnchorGroup group, MemberStats member, long clockMs)
    {
        var account = member.Account;
        var link = campaign.Members.Count == 0
            ? null
            : GroupReasons.Link(group, campaign.Members[0].Account.Account, account.Account);
        account.Evidence.Campaign = campaign.Number;
        campaign.Members.Add((account, link));
        if (account.Registration.Reseller)
        {
            // A declared reseller answers for its customers through its contract: it is looked at, not accused.
            account.Evidence.Verdict = Verdict.Watch;
            return;
        }

        account.Evidence.Verdict = Verdict.Harvest;
        account.Evidence.FlaggedAt ??= new FlagPoint(account.LastExchange, account.Count, DateTimeOffset.FromUnixTimeMilliseconds(clockMs));
    }
}
