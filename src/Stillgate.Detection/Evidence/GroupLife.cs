using Stillgate.Detection.Campaigns;

namespace Stillgate.Detection.Evidence;

/// <summary>The highest scores that a group reached at any look.</summary>
/// <param name="Whole">Of the group model.</param>
/// <param name="Purpose">Of its features of purpose.</param>
/// <param name="Coordination">Of its features of coordination.</param>
internal sealed record GroupLife(double Whole, double Purpose, double Coordination)
{
    public static GroupLife Of(double[] features, LinearModel model) =>
        new(model.Score(features), GroupEvidence.PurposeScore(features, model), GroupEvidence.CoordinationScore(features, model));

    public GroupLife With(GroupLife look) =>
        new(Math.Max(Whole, look.Whole), Math.Max(Purpose, look.Purpose), Math.Max(Coordination, look.Coordination));
}
