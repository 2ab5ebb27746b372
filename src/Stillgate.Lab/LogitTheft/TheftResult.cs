namespace Stillgate.Lab.LogitTheft;

/// <summary>What an attack got.</summary>
public sealed record TheftResult
{
    /// <summary>The attack.</summary>
    public required TheftCase Case { get; init; }

    /// <summary>Requests that the attacker sent.</summary>
    public required long RequestCount { get; init; }

    /// <summary>Requests that the gateway refused.</summary>
    public required long RefusedCount { get; init; }

    /// <summary>Logits that were read, of all prompts together.</summary>
    public required int RecoveredCount { get; init; }

    /// <summary>Logits that there are.</summary>
    public required int LogitCount { get; init; }

    /// <summary>Largest error of a recovered logit, up to the constant of each prompt that no probability depends on; null where none was recovered.</summary>
    public required double? LargestError { get; init; }

    /// <summary>The hidden size that the singular values show; null where they show none.</summary>
    public required int? Rank { get; init; }

    /// <summary>The hidden size that there is.</summary>
    public required int TrueRank { get; init; }

    /// <summary>Whether the theft succeeded: every logit, and the right rank.</summary>
    public bool IsStolen => RecoveredCount == LogitCount && Rank == TrueRank;
}
