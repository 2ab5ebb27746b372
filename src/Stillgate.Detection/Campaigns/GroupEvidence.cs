using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Campaigns;

/// <summary>Which features speak to which kind of evidence, and the rule that both kinds must speak.</summary>
internal static class GroupEvidence
{
    private static readonly GroupFeature[] Purpose =
    [
        GroupFeature.SingleTurn, GroupFeature.ToolTurns, GroupFeature.ReasoningCues, GroupFeature.TaskCues, GroupFeature.JudgeCues,
        GroupFeature.TrajectoryCues, GroupFeature.PersonaCues, GroupFeature.OutputTokens, GroupFeature.ReasoningShare, GroupFeature.Breadth,
        GroupFeature.Repeats, GroupFeature.Resamples,
    ];

    private static readonly GroupFeature[] Coordination =
    [
        GroupFeature.Members, GroupFeature.Separation, GroupFeature.SharedContents, GroupFeature.Unevenness, GroupFeature.QuickGaps,
        GroupFeature.HourSpread, GroupFeature.RegistrationBurst, GroupFeature.StartBurst, GroupFeature.SharedPayment,
        GroupFeature.SharedEmailPattern, GroupFeature.OneOrganization, GroupFeature.Dominance, GroupFeature.RefusedMembers,
        GroupFeature.MedianExchanges, GroupFeature.FreshAccounts,
    ];

    /// <summary>Whether purpose and coordination each speak for harvest on balance.</summary>
    public static bool ShowsBothKinds(double[] features, LinearModel model) =>
        Sum(features, model, Purpose) > 0 && Sum(features, model, Coordination) > 0;

    /// <summary>
    /// Whether a member uses what the group shares as the group does: an ordinary user who happens on the same wording does not.
    /// </summary>
    public static bool IsTypical(MemberStats member, AnchorGroup group)
    {
        if (group.Kind is GroupKind.Payment or GroupKind.EmailPattern or GroupKind.AddressBlock)
        {
            return member.Count >= GroupMeasurement.MemberExchangesMin && member.SingleTurnCount * 2 >= member.Count;
        }

        var groupCues = group.Members.Sum(other => other.StrongCueCount + other.TaskCueCount + other.JudgeCueCount) / (double)Math.Max(1, group.Count);
        var ownCues = (member.StrongCueCount + member.TaskCueCount + member.JudgeCueCount) / (double)Math.Max(1, member.Count);
        var groupSingle = group.Members.Sum(other => other.SingleTurnCount) / (double)Math.Max(1, group.Count);
        var ownSingle = member.SingleTurnCount / (double)Math.Max(1, member.Count);
        return member.Count >= 1 && ownCues >= groupCues * 0.5 && ownSingle >= groupSingle * 0.5;
    }

    private static double Sum(double[] features, LinearModel model, GroupFeature[] which) =>
        which.Sum(feature => model.Contribution(features, (int)feature));
}
