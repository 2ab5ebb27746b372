namespace Stillgate.Parties.Ownership;

/// <summary>A party at the top of a chain of parents.</summary>
public sealed record UltimateParent
{
    /// <summary>The party.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, or its identifier where no source gave one.</summary>
    public required string Name { get; init; }

    /// <summary>Country of its headquarters, where a source gave it.</summary>
    public string? Headquarters { get; init; }

    /// <summary>Whether every step of the chain is certain, and nothing above the party is stated that may be its parent.</summary>
    public required bool IsCertain { get; init; }

    /// <summary>Whether the party holds itself by way of others: nobody outside of the circle stands above it.</summary>
    public required bool IsCircular { get; init; }

    /// <summary>The chain, from the company asked about upwards; empty where it is its own ultimate parent.</summary>
    public required IReadOnlyList<ProofHolding> Chain { get; init; }
}
