namespace Stillgate.Parties.Ownership;

/// <summary>A fact that is not known well enough, and what knowing it would do to an undetermined answer.</summary>
public sealed record SettlingFact
{
    /// <summary>The question to ask, in words.</summary>
    public required string Question { get; init; }

    /// <summary>Whether one answer to it alone makes the entity clear.</summary>
    public required bool CanClear { get; init; }

    /// <summary>Whether one answer to it alone makes the entity restricted.</summary>
    public required bool CanRestrict { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Question + (CanClear, CanRestrict) switch
    {
        (true, true) => " (settles it either way)",
        (true, false) => " (can clear it)",
        (false, true) => " (can restrict it)",
        _ => " (needed, not enough alone)",
    };
}
