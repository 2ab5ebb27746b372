namespace Stillgate.Policy.Rules;

/// <summary>Where a fact about an account comes from.</summary>
/// <param name="Source">Who says so: a registration, a list with its version, an ownership test.</param>
/// <param name="Since">From when it holds; null where nobody said.</param>
public sealed record FactSource(string Source, DateTimeOffset? Since)
{
    /// <summary>The list versions that it rests on, each as <c>LIST VERSION</c>.</summary>
    public IReadOnlyList<string> ListVersions { get; init; } = [];
}
