namespace Stillgate.Detection.Evidence;

/// <summary>Highest scores that the control groups of one class ever reached.</summary>
public sealed record GroupClassControls
{
    /// <summary>Of the group model.</summary>
    public required ControlScores Whole { get; init; }

    /// <summary>Of purpose; null in a calibration of an older build.</summary>
    public required ControlScores? Purpose { get; init; }

    /// <summary>Of coordination; null in a calibration of an older build.</summary>
    public required ControlScores? Coordination { get; init; }
}
