using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Sketching;

namespace Stillgate.Lab.Calibration;

/// <summary>Which features each model has, and which way each may speak.</summary>
internal static class ModelShape
{
    /// <summary>May speak for harvest only when high.</summary>
    public const int High = 1;

    /// <summary>May speak for harvest only when low.</summary>
    public const int Low = -1;

    /// <summary>Left out of the model, though measured.</summary>
    public const int Out = 2;

    public static string[] GroupNames { get; } = [.. GroupMeasurement.FeatureNames];

    public static int[] GroupSigns { get; } = [.. Enumerable.Range(0, (int)GroupFeature.Count).Select(index => Sign((GroupFeature)index))];

    public static string[] AccountNames { get; } = [.. AccountMeasurement.FeatureNames];

    public static int[] StructureSigns { get; } =
    [
        .. Enumerable.Range(0, (int)AccountFeature.StructureCount).Select(index => Sign((AccountFeature)index)),
        .. Enumerable.Repeat(Out, AccountState.CueCount),
    ];

    public static int[] ElicitationSigns { get; } =
    [
        .. Enumerable.Repeat(Out, (int)AccountFeature.StructureCount),
        .. Enumerable.Range(0, AccountState.CueCount).Select(index => Sign((Cues)(1 << index))),
    ];

    /// <summary>Families of group features that an operator's log may lack, or an attacker may take away, one family at a time.</summary>
    public static int[][] GroupBlindfolds { get; } =
    [
        [(int)GroupFeature.Likeness],
        [(int)GroupFeature.RegistrationBurst, (int)GroupFeature.SharedPayment, (int)GroupFeature.SharedEmailPattern, (int)GroupFeature.FreshAccounts, (int)GroupFeature.SharedAddress],
        [(int)GroupFeature.ReasoningCues, (int)GroupFeature.TaskCues, (int)GroupFeature.JudgeCues, (int)GroupFeature.TrajectoryCues, (int)GroupFeature.PersonaCues],
        [(int)GroupFeature.HourSpread, (int)GroupFeature.StartBurst, (int)GroupFeature.QuickGaps, (int)GroupFeature.PooledHours, (int)GroupFeature.HumanGaps, (int)GroupFeature.Lockstep, (int)GroupFeature.Runs, (int)GroupFeature.TakeOver, (int)GroupFeature.Pivot],
    ];

    /// <summary>The same for accounts.</summary>
    public static int[][] AccountBlindfolds { get; } =
    [
        [(int)AccountFeature.Fresh],
        [(int)AccountFeature.HourEvenness, (int)AccountFeature.Rate],
    ];

    // Grading is what evaluators do: on one account it tells nobody apart.
    private static int Sign(Cues cue) => cue == Cues.Judge ? Out : High;

    private static int Sign(GroupFeature feature) => feature switch
    {
        GroupFeature.ToolTurns or GroupFeature.Separation or GroupFeature.SharedContents or GroupFeature.Repeats
            or GroupFeature.Unevenness or GroupFeature.OneOrganization or GroupFeature.HumanGaps or GroupFeature.Runs => Low,

        // Grading is what evaluators and classes do. How long answers are says what the model is asked, not by whom: the published
        // harvests ask for short ones as often as not.
        GroupFeature.LongAnswers or GroupFeature.Dominance or GroupFeature.ReasoningShare or GroupFeature.JudgeCues => Out,
        _ => High,
    };

    private static int Sign(AccountFeature feature) => feature switch
    {
        AccountFeature.ReasoningShare or AccountFeature.OutputTokens or AccountFeature.LongAnswers => Out,
        AccountFeature.ToolTurns or AccountFeature.GapMean or AccountFeature.GapSpread or AccountFeature.HumanGaps => Low,
        _ => High,
    };
}
