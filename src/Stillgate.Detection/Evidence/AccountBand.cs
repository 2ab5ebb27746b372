namespace Stillgate.Detection.Evidence;

/// <summary>
/// Some checkpoints in a row, with a structure model, controls and a part of the budget of their own. What a large application shows at its 65,536th exchange
/// would otherwise hide every harvester at its 128th, and what tells a harvester apart is not the same then; the parts add up, so that the chance of ever being flagged stays bounded.
/// </summary>
public sealed record AccountBand
{
    /// <summary>Index of its first checkpoint, 0 for the one at 32 exchanges.</summary>
    public required int FirstCheckpoint { get; init; }

    /// <summary>Part of the calibration's account budget, 0 to 1; the bands' shares add up to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The model over an account's structure, as it is at these checkpoints: volume, pace, shape.</summary>
    public required LinearModel StructureModel { get; init; }

    /// <summary>Controls by peer class.</summary>
    public required IReadOnlyList<AccountControls> Controls { get; init; }
}
