namespace Stillgate.Parties.Ownership;

/// <summary>
/// A statement that one party holds something of another. Facts are added and superseded, never edited: the newest
/// <see cref="RecordedAt"/> of one <see cref="Id"/> is the one that stands.
/// </summary>
public sealed record HoldingFact
{
    /// <summary>Names the holding over all its statements.</summary>
    public required string Id { get; init; }

    /// <summary>Who holds.</summary>
    public required string Owner { get; init; }

    /// <summary>What is held.</summary>
    public required string Owned { get; init; }

    /// <summary>What the holding gives.</summary>
    public HoldingKind Kind { get; init; } = HoldingKind.Ownership;

    /// <summary>How much; not used by <see cref="HoldingKind.Control"/> and <see cref="HoldingKind.PossibleControl"/>.</summary>
    public ShareRange Share { get; init; } = ShareRange.Unknown;

    /// <summary>The figure sums up a chain of other companies that is not itself stated.</summary>
    public bool IsIndirect { get; init; }

    /// <summary>Holders with the same group hold one block together; its size is that of each statement, counted once.</summary>
    public string? JointGroup { get; init; }

    /// <summary>The owner holds as a nominee for this party; empty where the party is not known.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>When it began; null where nobody said.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When it ended (that moment is the first without it); null where it goes on.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When we learned of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who says so: a register, a document, an address.</summary>
    public required string Source { get; init; }
}
