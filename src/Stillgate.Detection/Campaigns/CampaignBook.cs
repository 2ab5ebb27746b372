using Stillgate.Detection.Accounts;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Judges groups. A group is named when its score is rarer among control communities than the calibration's budget and it shows two
/// independent kinds of evidence: that its accounts act together, and what they act together for. It is compared with groups of its size. Members that
/// are odd by themselves, each beyond the budget of accounts, are named where the group is coordinated: their own behaviour and the company that they keep
/// are two kinds as well. Which of the named accounts make up one campaign is a question of its own: <see cref="CampaignMap"/>.
/// </summary>
internal sealed class CampaignBook(AnalysisOptions options, AnchorTable anchors, ModelLaunches launches)
{
    private const int TypicalMin = 4;

    // One account that is odd by itself has no company.
    private const int OddMin = 2;
    private readonly CalibrationSet _calibration = options.Calibration;
    private readonly AddressSharing _addresses = new(anchors);

    /// <summary>Groups that were named, in the order in which they were.</summary>
    public List<AnchorGroup> Named { get; } = [];

    public void Judge(AnchorGroup group, long clockMs)
    {
        group.Evaluated();
        if (GroupMeasurement.Measure(group, _addresses, anchors, launches) is not { } features)
        {
            return;
        }

        options.Observer?.GroupMeasured(group.Anchor, MeasuredAccounts(group), features, group.Count);
        var measured = GroupMeasurement.MemberCount(features);
        if (_calibration.GroupBandOf(measured) is not { } band)
        {
            return;
        }

        var p = band.Controls.PValue(_calibration.GroupModel.Score(features));
        if (p <= GroupEvidence.Budget(features, band) && GroupEvidence.ShowsBothKinds(features, band, _calibration))
        {
            var typical = NotNamed(group, member => GroupEvidence.IsTypical(member, group, features, band, _calibration));
            if (group.Finding is not null || typical.Length >= Math.Min(TypicalMin, measured))
            {
                Name(group, p, typical, features, clockMs);
            }

            return;
        }

        if (GroupEvidence.IsCoordinated(features, band, _calibration.KindAlpha, _calibration))
        {
            var odd = NotNamed(group, member => GroupEvidence.IsOddByItself(member, group, _calibration));
            if (odd.Length >= (group.Finding is null ? OddMin : 1))
            {
                Name(group, Math.Min(p, odd.Max(account => account.Found.BehaviourP)), odd, features, clockMs);
                return;
            }
        }

        // Not suspicious, or no longer: what the group shares has turned out to be common. No one is added; nothing is taken back.
        if (group.Finding is null && group.MemberCount >= AnchorGroup.MembersMax)
        {
            group.LetGo();
        }
    }

    // Whoever was named with the group stays named: only the others are looked at.
    private static AccountState[] NotNamed(AnchorGroup group, Func<MemberStats, bool> isMeant) =>
        [.. group.Members.Where(member => !group.IsNamed(member.Account) && isMeant(member)).Select(member => member.Account)];

    private void Name(AnchorGroup group, double p, AccountState[] accounts, double[] features, long clockMs)
    {
        if (group.Finding is null)
        {
            Named.Add(group);
        }

        group.Name(new GroupFinding(p, GroupReasons.Explain(group, features, _calibration.GroupModel)));
        foreach (var account in accounts)
        {
            Name(group, account, clockMs);
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
