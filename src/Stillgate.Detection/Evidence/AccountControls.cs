namespace Stillgate.Detection.Evidence;

/// <summary>Highest scores that the legitimate accounts of one peer class ever reached at a band's checkpoints.</summary>
public sealed record AccountControls
{
    /// <summary>Of the structure model, among the accounts that reached the band.</summary>
    public required ControlScores Structure { get; init; }

    /// <summary>Of the elicitation model, among the accounts that reached the band.</summary>
    public required ControlScores Elicitation { get; init; }

    /// <summary>Of both scores together, at one checkpoint, among all accounts of the class: one that never reached the band was not flagged in it.</summary>
    public required ControlScores Together { get; init; }
}
