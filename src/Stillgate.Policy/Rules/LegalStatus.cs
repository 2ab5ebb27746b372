namespace Stillgate.Policy.Rules;

/// <summary>How a rule's legal basis stands. Only what is in force decides; the rest observes, or is silent.</summary>
public enum LegalStatus
{
    /// <summary>In force: the rule decides.</summary>
    InForce,

    /// <summary>Proposed, not in force: the rule observes.</summary>
    Proposed,

    /// <summary>A draft: the rule observes.</summary>
    Draft,

    /// <summary>Suspended: the rule observes.</summary>
    Stayed,

    /// <summary>Nobody has confirmed whether it is in force: the rule observes until a person has.</summary>
    Unconfirmed,

    /// <summary>No longer in force: the rule is silent.</summary>
    Expired,
}
