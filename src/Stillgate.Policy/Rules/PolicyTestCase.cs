using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>A case that a policy file carries: a request, the facts known, and what must be decided.</summary>
public sealed record PolicyTestCase
{
    /// <summary>What it shows.</summary>
    public required string Name { get; init; }

    /// <summary>The file it stands in.</summary>
    public required string File { get; init; }

    /// <summary>The line on which it starts.</summary>
    public required int Line { get; init; }

    /// <summary>The request.</summary>
    public required DecisionRequest Request { get; init; }

    /// <summary>The facts that are known; all others are not.</summary>
    public required IReadOnlyDictionary<string, ExpressionValue> Facts { get; init; }

    /// <summary>The outcome that must come out.</summary>
    public required Outcome Expected { get; init; }

    /// <summary>The rule that must decide; null where the case does not say.</summary>
    public string? ExpectedRule { get; init; }

    /// <summary>Whether the decision must be flagged as a collision; null where the case does not say.</summary>
    public bool? ExpectedCollision { get; init; }
}
