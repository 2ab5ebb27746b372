using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Evidence;

/// <summary>What a calibration's models make of an account at a checkpoint, kind by kind, nats.</summary>
/// <param name="Structure">How it behaves: pace and content together.</param>
/// <param name="Elicitation">What it asks for in words.</param>
/// <param name="Pace">When it sends: the part of the structure score that times alone make.</param>
/// <param name="Content">What it sends, words apart: the part that repeats, conversations and subjects make.</param>
internal readonly record struct AccountScores(double Structure, double Elicitation, double Pace, double Content)
{
    private static readonly AccountFeature[] Times =
    [
        AccountFeature.GapMean, AccountFeature.GapSpread, AccountFeature.QuickGaps, AccountFeature.HumanGaps, AccountFeature.HourEvenness, AccountFeature.Rate,
    ];

    private static readonly AccountFeature[] Contents =
    [
        AccountFeature.SingleTurn, AccountFeature.ToolTurns, AccountFeature.Switches, AccountFeature.Resamples, AccountFeature.Distinct,
        AccountFeature.LongAnswers, AccountFeature.OutputTokens, AccountFeature.ReasoningShare, AccountFeature.Breadth, AccountFeature.Template,
    ];

    /// <summary>Behaviour and words together.</summary>
    public double Together => Structure + Elicitation;

    public static AccountScores Of(double[] features, LinearModel structure, LinearModel elicitation) =>
        new(structure.Score(features), elicitation.Score(features), Sum(features, structure, Times), Sum(features, structure, Contents));

    /// <summary>
    /// Whether two independent kinds of evidence are each unusual among the controls: behaviour and words, or, where the words say nothing,
    /// when an account sends and what it sends.
    /// </summary>
    public bool ShowTwoKinds(AccountControls controls, double kindAlpha) =>
        (controls.Structure.PValue(Structure) <= kindAlpha && controls.Elicitation.PValue(Elicitation) <= kindAlpha)
        || (controls.Pace?.PValue(Pace) <= kindAlpha && controls.Content?.PValue(Content) <= kindAlpha);

    private static double Sum(double[] features, LinearModel model, AccountFeature[] which) => which.Sum(feature => model.Contribution(features, (int)feature));
}
