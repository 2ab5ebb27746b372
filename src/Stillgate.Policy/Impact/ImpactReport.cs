namespace Stillgate.Policy.Impact;

/// <summary>What a change of policy does to traffic: as a whole, by rule, by kind of customer, by language, and account by account.</summary>
public sealed record ImpactReport
{
    /// <summary>Everything together.</summary>
    public required ImpactGroup Total { get; init; }

    /// <summary>The first and the last exchange; null where there was none.</summary>
    public required (DateTimeOffset First, DateTimeOffset Last)? Span { get; init; }

    /// <summary>By the rule that makes the difference: the one after, for what is freed the one before.</summary>
    public required IReadOnlyList<ImpactGroup> ByRule { get; init; }

    /// <summary>By kind of customer.</summary>
    public required IReadOnlyList<ImpactGroup> ByKind { get; init; }

    /// <summary>By language of the prompts.</summary>
    public required IReadOnlyList<ImpactGroup> ByLanguage { get; init; }

    /// <summary>By model.</summary>
    public required IReadOnlyList<ImpactGroup> ByModel { get; init; }

    /// <summary>Every account whose exchanges are decided otherwise.</summary>
    public required IReadOnlyList<AccountImpact> Accounts { get; init; }
}
