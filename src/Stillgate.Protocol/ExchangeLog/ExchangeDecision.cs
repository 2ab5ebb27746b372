namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What was decided on an exchange by a rule or a hold. Absent where none applied.</summary>
public sealed record ExchangeDecision
{
    /// <summary><c>allow</c>, <c>observe</c>, <c>restrict</c>, <c>step-up</c>, <c>hold</c> or <c>deny</c>: what was done.</summary>
    public required string Outcome { get; init; }

    /// <summary>The rule that decided; null where a hold did, or where every rule that applied only observed.</summary>
    public string? Rule { get; init; }

    /// <summary>The version of the policy; null where there was none.</summary>
    public string? Policy { get; init; }

    /// <summary>The hold that decided; null where a rule did.</summary>
    public string? Hold { get; init; }

    /// <summary>True where the deciding rule's condition hung on facts that are not known.</summary>
    public bool? Undetermined { get; init; }

    /// <summary>The obligations of <c>restrict</c>.</summary>
    public IReadOnlyList<string>? Obligations { get; init; }

    /// <summary>What the rules would have decided if all were enforced, where that is something else; null otherwise.</summary>
    public ProposedDecision? Proposed { get; init; }

    /// <summary>Applied rules that ask for contrary things, each as <c>RULE / RULE</c>.</summary>
    public IReadOnlyList<string>? Collisions { get; init; }

    /// <summary>The facts that it rests on.</summary>
    public IReadOnlyList<DecidedFact>? Facts { get; init; }
}
