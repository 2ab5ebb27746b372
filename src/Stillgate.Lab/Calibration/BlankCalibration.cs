using Stillgate.Detection.Evidence;

namespace Stillgate.Lab.Calibration;

/// <summary>A calibration that names nothing: what an engine measures with while a calibration is being built.</summary>
internal static class BlankCalibration
{
    public static CalibrationSet Set { get; } = new()
    {
        Version = CalibrationSet.FormatVersion,
        Name = "blank",
        Origin = "none",
        Accounts = 0,
        Groups = 0,
        GroupAlpha = 0,
        AccountAlpha = 0,
        GroupModel = Model(ModelShape.GroupNames),
        GroupControls = None,
        GroupKindAlpha = 0,
        GroupPurpose = None,
        GroupCoordination = None,
        ElicitationModel = Model(ModelShape.AccountNames),
        KindAlpha = 0,
        AccountBands =
        [
            new AccountBand
            {
                FirstCheckpoint = 0,
                Share = 1,
                StructureModel = Model(ModelShape.AccountNames),
                Controls = [.. Enumerable.Repeat(new AccountControls { Structure = None, Elicitation = None, Together = None }, 3)],
            },
        ],
    };

    private static ControlScores None => new() { Size = 0, Highest = [] };

    private static LinearModel Model(string[] names) => new()
    {
        Features = names,
        Means = new double[names.Length],
        Scales = [.. Enumerable.Repeat(1.0, names.Length)],
        Weights = new double[names.Length],
        Bias = 0,
    };
}
