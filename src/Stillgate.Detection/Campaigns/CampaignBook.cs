using Stillgate.Detection.Accounts;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Judges groups and keeps the campaigns. A group is named when its score is rarer among control groups than the calibration's budget
/// and it shows two independent kinds of evidence: that its accounts act together, and what they act together for.
/// </summary>
internal sealed class CampaignBook(AnalysisOptions options)
{
    private const double JoinOverlap = 0.3;
    private readonly CalibrationSet _calibration = options.Calibration;
    private readonly List<CampaignState> _campaigns = [];

    public int Count => _campaigns.Count;

    public IReadOnlyList<CampaignState> All => _campaigns;

    public void Judge(AnchorGroup group, long clockMs)
    {
        if (group.Campaign >= 0)
        {
            AddMembers(_campaigns[group.Campaign], group, clockMs);
            group.Evaluated();
            return;
        }

        group.Evaluated();
        if (GroupMeasurement.Measure(group) is not { } features)
        {
            return;
        }

        options.Observer?.GroupMeasured(group.Anchor, MeasuredAccounts(group), features, group.Count);
        var score = _calibration.GroupModel.Score(features);
        group.BestScore = Math.Max(group.BestScore, score);
        var p = _calibration.GroupControls.PValue(score);
        if (p <= _calibration.GroupAlpha && GroupEvidence.ShowsBothKinds(features, _calibration.GroupModel))
        {
            Name(group, features, p, clockMs);
        }
    }

    private static List<string> MeasuredAccounts(AnchorGroup group) =>
        [.. group.Members.Where(member => member.Count >= GroupMeasurement.MemberExchangesMin).Select(member => member.Account.Account)];

    private void Name(AnchorGroup group, double[] features, double p, long clockMs)
    {
        var campaign = Overlapping(group) ?? Found(clockMs);
        group.Campaign = campaign.Number;
        campaign.Groups.Add(group);
        if (p <= campaign.PValue)
        {
            campaign.PValue = p;
            campaign.Reasons = GroupReasons.Explain(group, features, _calibration.GroupModel);
        }

        AddMembers(campaign, group, clockMs);
        if (campaign.ExchangesWhenNamed == 0)
        {
            campaign.ExchangesWhenNamed = campaign.Members.Sum(member => member.Account.Count);
        }
    }

    private CampaignState Found(long clockMs)
    {
        var campaign = new CampaignState(_campaigns.Count, DateTimeOffset.FromUnixTimeMilliseconds(clockMs));
        _campaigns.Add(campaign);
        return campaign;
    }

    /// <summary>The campaign that already holds a good part of the group: one account in common would merge strangers.</summary>
    private CampaignState? Overlapping(AnchorGroup group)
    {
        var held = group.Members.Where(member => member.Account.Evidence.Campaign >= 0)
            .GroupBy(member => member.Account.Evidence.Campaign)
            .MaxBy(same => same.Count());
        return held is not null && held.Count() >= JoinOverlap * group.Members.Count ? _campaigns[held.Key] : null;
    }

    private static void AddMembers(CampaignState campaign, AnchorGroup group, long clockMs)
    {
        foreach (var member in group.Members)
        {
            if (member.Account.Evidence.Campaign < 0 && GroupEvidence.IsTypical(member, group))
            {
                AddMember(campaign, group, member, clockMs);
            }
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
