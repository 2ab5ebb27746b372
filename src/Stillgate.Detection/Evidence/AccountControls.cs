namespace Stillgate.Detection.Evidence;

/// <summary>Highest scores that the legitimate accounts of one peer class ever reached.</summary>
public sealed record AccountControls
{
    /// <summary>Of the structure model.</summary>
    public required ControlScores Structure { get; init; }

    /// <summary>Of the elicitation model.</summary>
    public required ControlScores Elicitation { get; init; }

    /// <summary>Of both scores together, at one checkpoint.</summary>
    public required ControlScores Together { get; init; }
}
