namespace Stillgate.Parties.Ownership;

/// <summary>A statement about a party. The newest <see cref="RecordedAt"/> among those valid on a day stands.</summary>
public sealed record PartyFact
{
    /// <summary>The party's identifier, the same in every fact.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null where the source gave none.</summary>
    public string? Name { get; init; }

    /// <summary>What it is.</summary>
    public PartyKind Kind { get; init; } = PartyKind.Company;

    /// <summary>Country of the headquarters, ISO 3166-1 alpha-2; null where it is not known.</summary>
    public string? Headquarters { get; init; }

    /// <summary>Country of incorporation, ISO 3166-1 alpha-2; null where it is not known.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>When it began to be so; null where nobody said.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When it ceased to be so; null where it goes on.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When we learned of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }
}
