namespace Stillgate.Policy.Rules;

/// <summary>What a rule asks for, the gentlest first: of several rules that apply, the strictest decides.</summary>
public enum Outcome
{
    /// <summary>Serve. As a rule's outcome: an exception from the rules that it names.</summary>
    Allow,

    /// <summary>Serve, and note what the rule would have said.</summary>
    Observe,

    /// <summary>Serve under obligations.</summary>
    Restrict,

    /// <summary>Ask for a further verification first.</summary>
    StepUp,

    /// <summary>Do not serve until a person has looked.</summary>
    Hold,

    /// <summary>Do not serve.</summary>
    Deny,
}
