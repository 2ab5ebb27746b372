namespace Stillgate.Detection.Evidence;

/// <summary>Highest scores that the legitimate accounts of one peer class ever reached at a band's checkpoints.</summary>
public sealed record AccountControls
{
    /// <summary>Of the structure model, among the accounts that reached the band.</summary>
    public required ControlScores Structure { get; init; }

    /// <summary>Of the elicitation model, among the accounts that reached the band.</summary>
    public required ControlScores Elicitation { get; init; }

    /// <summary>Of the times' part of the structure score, among the accounts that reached the band; null in a calibration that has none: then the words must speak.</summary>
    public ControlScores? Pace { get; init; }

    /// <summary>Of the part that what is sent makes of the structure score, likewise.</summary>
    public ControlScores? Content { get; init; }

    /// <summary>Of behaviour and words together, at one checkpoint, among all accounts of the class: one that never reached the band was not flagged in it.</summary>
    public required ControlScores Together { get; init; }
}
