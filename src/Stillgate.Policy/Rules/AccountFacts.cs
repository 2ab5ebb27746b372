using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>What is known of an account from one moment on. A fact that is not here is not known.</summary>
public sealed record AccountFacts
{
    /// <summary>From when on this holds.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The facts by name, of the types that docs/policy.md states.</summary>
    public required IReadOnlyDictionary<string, ExpressionValue> Facts { get; init; }

    /// <summary>Where each comes from.</summary>
    public IReadOnlyDictionary<string, FactSource> Sources { get; init; } = new Dictionary<string, FactSource>();
}
