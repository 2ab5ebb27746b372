using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Campaigns;

/// <summary>Which features speak to which kind of evidence, and the rule that both kinds must speak.</summary>
internal static class GroupEvidence
{
    private const double MainUseShare = 0.5;

    // A member alone is measured more noisily than its group: it gets that much room.
    private const double MemberSlack = 1.5;

    // Under this share of its exchanges a group asks for nothing in particular, and under this share of its members it has no purse of its own.
    private const double AskingShareMin = 0.2;
    private const double SharingShareMin = 0.5;

    // Fewer exchanges of the median member than this lie evenly over the day by chance.
    private const double SteadyExchangesMin = 32;

    // Where neither the words nor a purse nor steady use say anything, a class that hands in one exercise looks the same: the budget is a tenth.
    private const double SlightBudget = 0.1;

    private static readonly GroupFeature[] Asking =
        [GroupFeature.ReasoningCues, GroupFeature.TaskCues, GroupFeature.JudgeCues, GroupFeature.TrajectoryCues, GroupFeature.PersonaCues];

    // What the accounts do: collect answers in bulk, to tasks, without conversation and without coming back to anything.
    private static readonly GroupFeature[] Purpose =
    [
        GroupFeature.SingleTurn, GroupFeature.ToolTurns, GroupFeature.ReasoningCues, GroupFeature.TaskCues, GroupFeature.JudgeCues,
        GroupFeature.TrajectoryCues, GroupFeature.PersonaCues, GroupFeature.LongAnswers, GroupFeature.ReasoningShare, GroupFeature.Breadth,
        GroupFeature.Repeats, GroupFeature.Resamples, GroupFeature.MedianExchanges, GroupFeature.SharedContents,
    ];

    // That they do it together: as one workforce, from one purse or place, at one time.
    private static readonly GroupFeature[] Coordination =
    [
        GroupFeature.Members, GroupFeature.Separation, GroupFeature.Unevenness, GroupFeature.QuickGaps, GroupFeature.HumanGaps,
        GroupFeature.HourSpread, GroupFeature.PooledHours, GroupFeature.Lockstep, GroupFeature.Runs, GroupFeature.TakeOver, GroupFeature.Pivot, GroupFeature.RegistrationBurst, GroupFeature.StartBurst,
        GroupFeature.SharedPayment, GroupFeature.SharedEmailPattern, GroupFeature.SharedAddress, GroupFeature.OneOrganization,
        GroupFeature.Dominance, GroupFeature.Likeness, GroupFeature.RefusedMembers, GroupFeature.FreshAccounts,
    ];

    /// <summary>
    /// Whether purpose and coordination each speak for harvest, and each more than in most communities: a group that is extreme in one
    /// kind alone is not named, however extreme.
    /// </summary>
    public static bool ShowsBothKinds(double[] features, GroupBand band, CalibrationSet calibration)
    {
        var purpose = PurposeScore(features, calibration.GroupModel);
        return purpose > 0 && band.Purpose.PValue(purpose) <= calibration.GroupKindAlpha && IsCoordinated(features, band, calibration.GroupKindAlpha, calibration);
    }

    /// <summary>Whether coordination speaks for harvest, and more than in most communities of the size.</summary>
    public static bool IsCoordinated(double[] features, GroupBand band, double kindAlpha, CalibrationSet calibration)
    {
        var coordination = CoordinationScore(features, calibration.GroupModel);
        return coordination > 0 && band.Coordination.PValue(coordination) <= kindAlpha;
    }

    /// <summary>The largest p-value at which a group with these features is named.</summary>
    public static double Budget(double[] features, GroupBand band) =>
        Asking.Any(cue => features[(int)cue] >= AskingShareMin)
        || features[(int)GroupFeature.SharedPayment] >= SharingShareMin
        || features[(int)GroupFeature.MedianExchanges] >= Math.Log(SteadyExchangesMin)
            ? band.Alpha
            : SlightBudget * band.Alpha;

    /// <summary>What the model makes of the features of purpose alone, nats.</summary>
    public static double PurposeScore(double[] features, LinearModel model) => Sum(features, model, Purpose);

    /// <summary>What the model makes of the features of coordination alone, nats.</summary>
    public static double CoordinationScore(double[] features, LinearModel model) => Sum(features, model, Coordination);

    /// <summary>
    /// Whether a member does as the group does: an ordinary user who happens on the same wording or address does not.
    /// </summary>
    public static bool IsTypical(MemberStats member, AnchorGroup group, double[] features, GroupBand band, CalibrationSet calibration) =>
        member.Count >= GroupMeasurement.MemberExchangesMin
        && IsMainUse(member, group)
        && band.Controls.PValue(calibration.GroupModel.Score(GroupMeasurement.MeasureMember(member, features))) <= MemberSlack * band.Alpha;

    /// <summary>
    /// Whether a member behaves, all by itself, as hardly any legitimate account ever does: what a flag of its own would need but for the second kind
    /// of evidence, which the company that it keeps can be.
    /// </summary>
    public static bool IsOddByItself(MemberStats member, AnchorGroup group, CalibrationSet calibration) =>
        member.Count >= GroupMeasurement.MemberExchangesMin
        && IsMainUse(member, group)
        && member.Account.Found.BehaviourP <= calibration.AccountAlpha
        && !member.Account.Registration.Reseller;

    // Two rings, or a ring and a customer, may have a turn of phrase in common beside the prompts of their own.
    private static bool IsMainUse(MemberStats member, AnchorGroup group) =>
        group.Kind is GroupKind.Payment or GroupKind.EmailPattern
        || member.Count >= MainUseShare * member.Account.HighestUse;

    private static double Sum(double[] features, LinearModel model, GroupFeature[] which) =>
        which.Sum(feature => model.Contribution(features, (int)feature));
}
