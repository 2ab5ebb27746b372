namespace Stillgate.Parties.Ownership;

/// <summary>A statement that a party stands on a list, from a screening or from a person.</summary>
public sealed record ListingFact
{
    /// <summary>The party.</summary>
    public required string Party { get; init; }

    /// <summary>The list, as rules name it.</summary>
    public required string List { get; init; }

    /// <summary>The version of the list that was read.</summary>
    public required string ListVersion { get; init; }

    /// <summary>False where the match is not confirmed: the party is then listed perhaps.</summary>
    public bool IsConfirmed { get; init; } = true;

    /// <summary>When it was listed; null where nobody said.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When it was taken off; null where it stands.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When we learned of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }
}
