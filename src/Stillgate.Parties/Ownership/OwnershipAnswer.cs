namespace Stillgate.Parties.Ownership;

/// <summary>What an ownership test says of one entity on one day, and why.</summary>
public sealed record OwnershipAnswer
{
    /// <summary>The test.</summary>
    public required string Test { get; init; }

    /// <summary>The entity.</summary>
    public required string Entity { get; init; }

    /// <summary>The answer.</summary>
    public required Standing Standing { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Restricted: the holdings that prove it. Otherwise: the holdings in the entity that count, or may count, towards the
    /// threshold and do not reach it for certain.
    /// </summary>
    public IReadOnlyList<ProofHolding> Holdings { get; init; } = [];

    /// <summary>Whether no smaller set of holdings proves it; false where the search for a smaller one was cut short.</summary>
    public bool IsSmallest { get; init; }

    /// <summary>Undetermined: what to find out, the most useful first.</summary>
    public IReadOnlyList<SettlingFact> Settling { get; init; } = [];

    /// <summary>The list versions that the answer rests on.</summary>
    public IReadOnlyList<string> ListVersions { get; init; } = [];
}
