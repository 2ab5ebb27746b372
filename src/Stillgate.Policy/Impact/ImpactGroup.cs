namespace Stillgate.Policy.Impact;

/// <summary>What a change of policy does to one group of the traffic.</summary>
public sealed record ImpactGroup
{
    /// <summary>The rule, the kind of customer or the language.</summary>
    public required string Name { get; init; }

    /// <summary>All of the group.</summary>
    public required ImpactCount All { get; init; }

    /// <summary>Refused by the policy after, not by the one before.</summary>
    public required ImpactCount NewlyDenied { get; init; }

    /// <summary>Refused by the policy before, not by the one after.</summary>
    public required ImpactCount Freed { get; init; }

    /// <summary>Hanging on facts that are not known under the policy after, not under the one before.</summary>
    public required ImpactCount NewlyUndetermined { get; init; }
}
