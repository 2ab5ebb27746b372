namespace Stillgate.Lab.LogitTheft;

/// <summary>The toy and the attack on it.</summary>
public sealed record TheftOptions
{
    /// <summary>The hidden size: the rank to be found.</summary>
    public int HiddenSize { get; init; } = 8;

    /// <summary>Tokens.</summary>
    public int VocabularySize { get; init; } = 64;

    /// <summary>Prompts that the attacker asks; more than the hidden size, or there is nothing to see.</summary>
    public int PromptCount { get; init; } = 16;

    /// <summary>Accounts of the attacks that spread.</summary>
    public int AccountCount { get; init; } = 8;

    /// <summary>Seed of the toy.</summary>
    public int Seed { get; init; } = 1;
}
