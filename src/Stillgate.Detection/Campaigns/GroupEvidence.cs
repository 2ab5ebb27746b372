using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Campaigns;

/// <summary>Which features speak to which kind of evidence, and the rule that both kinds must speak.</summary>
internal static class GroupEvidence
{
    // A member alone is measured more noisily than its group: it gets that much room.
    private const double MemberSlack = 4;

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
        GroupFeature.MedianExchanges, GroupFeature.FreshAccounts, GroupFeature.PooledHours, GroupFeature.HumanGaps, GroupFeature.SharedAddress,
    ];

    /// <summary>Whether purpose and coordination each speak for harvest on balance.</summary>
    public static bool ShowsBothKinds(double[] features, LinearModel model) =>
        Sum(features, model, Purpose) > 0 && Sum(features, model, Coordination) > 0;

    /// <summary>
    /// Whether a member does as the group does: an ordinary user who happens on the same wording or address does not.
    /// </summary>
    public static bool IsTypical(MemberStats member, double[] group, CalibrationSet calibration) =>
        member.Count >= GroupMeasurement.MemberExchangesMin
        && calibration.GroupControls.PValue(calibration.GroupModel.Score(GroupMeasurement.MeasureMember(member, group))) <= MemberSlack * calibration.GroupAlpha;

    private static double Sum(double[] features, LinearModel model, GroupFeature[] which) =>
        which.Sum(feature => model.Contribution(features, (int)feature));
}
