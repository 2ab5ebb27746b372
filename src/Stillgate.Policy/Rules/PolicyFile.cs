using Stillgate.Parties.Ownership;

namespace Stillgate.Policy.Rules;

/// <summary>One policy file, read but not yet compiled.</summary>
public sealed record PolicyFile
{
    /// <summary>The file's name, as problems cite it.</summary>
    public required string Path { get; init; }

    /// <summary>The policy's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the policy is, in words; empty where the file does not say.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where its rules come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What it does not do.</summary>
    public required string Limits { get; init; }

    /// <summary>The lists that its rules ask about, as <c>listed.NAME</c>.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>The ownership tests that its rules ask about, as <c>ownership.ID</c>.</summary>
    public IReadOnlyList<OwnershipTest> OwnershipTests { get; init; } = [];

    /// <summary>The rules.</summary>
    public required IReadOnlyList<RuleDefinition> Rules { get; init; }

    /// <summary>Its own cases.</summary>
    public required IReadOnlyList<PolicyTestCase> Tests { get; init; }
}
