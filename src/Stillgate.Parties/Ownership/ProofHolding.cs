namespace Stillgate.Parties.Ownership;

/// <summary>A holding as a proof shows it, with the statements behind it.</summary>
public sealed record ProofHolding
{
    /// <summary>Who holds.</summary>
    public required string Owner { get; init; }

    /// <summary>The holder's name, or its identifier where it has none.</summary>
    public required string OwnerName { get; init; }

    /// <summary>What is held.</summary>
    public required string Owned { get; init; }

    /// <summary>The name of what is held.</summary>
    public required string OwnedName { get; init; }

    /// <summary>How much, in words.</summary>
    public required string Share { get; init; }

    /// <summary>Whether the holder is sought in its own right: why, in words; null where it meets the test only through its own owners.</summary>
    public string? Sought { get; init; }

    /// <summary>The statements: each with its dates and its source.</summary>
    public required IReadOnlyList<HoldingFact> Evidence { get; init; }

    /// <summary>The holding in one sentence.</summary>
    public override string ToString()
    {
        var sources = string.Join("; ", Evidence.Select(fact =>
            fact.Source + (fact.ValidFrom is { } from ? $", from {from:yyyy-MM-dd}" : string.Empty) + $", recorded {fact.RecordedAt:yyyy-MM-dd}"));
        return $"{OwnerName}{(Sought is null ? string.Empty : $" ({Sought})")} holds {Share} of {OwnedName}{(sources.Length > 0 ? $" [{sources}]" : string.Empty)}";
    }
}
