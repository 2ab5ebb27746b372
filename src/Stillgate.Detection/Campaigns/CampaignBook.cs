using Stillgate.Detection.Accounts;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Judges groups. A group is named when its score is rarer among control communities than the calibration's budget and it shows two
/// independent kinds of evidence: that its accounts act together, and what they act together for. Which of the named accounts make up
/// one campaign is a question of its own: <see cref="CampaignMap"/>.
/// </summary>
internal sealed class CampaignBook(AnalysisOptions options, AnchorTable anchors, ModelLaunches launches)
{
    private const int TypicalMin = 4;
    private readonly CalibrationSet _calibration = options.Calibration;
    private readonly AddressSharing _addresses = new(anchors);

    /// <summary>Groups that were named, in the order in which they were.</summary>
    public List<AnchorGroup> Named { get; } = [];

    public void Judge(AnchorGroup group, long clockMs)
    {
        group.Evaluated();
        if (!group.HasDoneEnough(GroupMeasurement.MembersMin, GroupMeasurement.MemberExchangesMin, GroupMeasurement.MedianExchangesMin))
        {
            return;
        }

        if (GroupMeasurement.Measure(group, _addresses, anchors, launches) is not { } features)
        {
            return;
        }

        options.Observer?.GroupMeasured(group.Anchor, MeasuredAccounts(group), features, group.Count);
        var p = _calibration.GroupControls.PValue(_calibration.GroupModel.Score(features));
        if (p > GroupEvidence.Budget(features, _calibration) || !GroupEvidence.ShowsBothKinds(features, _calibration))
        {
            // Not suspicious, or no longer: what the group shares has turned out to be common. No one is added; nothing is taken back.
            if (group.Finding is null && group.MemberCount >= AnchorGroup.MembersMax)
            {
                group.LetGo();
            }

            return;
        }

        // Whoever was named with the group stays named: only the others are looked at.
        var typical = group.Members.Where(member => !group.IsNamed(member.Account) && GroupEvidence.IsTypical(member, group, features, _calibration)).ToArray();
        if (group.Finding is null && typical.Length < TypicalMin)
        {
            return;
        }

        if (group.Finding is null)
        {
            Named.Add(group);
        }

        group.Name(new GroupFinding(p, GroupReasons.Explain(group, features, _calibration.GroupModel)));
        foreach (var member in typical)
        {
            Name(group, member.Account, clockMs);
        }
    }

    private static List<string> MeasuredAccounts(AnchorGroup group) =>
        [.. GroupMeasurement.Measured(group).Select(member => member.Account.Account)];

    private static void Name(AnchorGroup group, AccountState account, long clockMs)
    {
        if (!group.AddNamed(account))
        {
            return;
        }

        var evidence = account.Evidence;
        evidence.Group ??= group;
        if (account.Registration.Reseller)
        {
            // A declared reseller answers for its customers through its contract: it is looked at, not accused.
            evidence.Verdict = evidence.Verdict == Verdict.Clear ? Verdict.Watch : evidence.Verdict;
            return;
        }

        evidence.Verdict = Verdict.Harvest;
        evidence.FlaggedAt ??= new FlagPoint(account.LastExchange, account.Count, DateTimeOffset.FromUnixTimeMilliseconds(clockMs));
    }
}
