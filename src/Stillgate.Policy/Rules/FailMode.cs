namespace Stillgate.Policy.Rules;

/// <summary>What happens where a rule's condition cannot be evaluated.</summary>
public enum FailMode
{
    /// <summary>The rule's outcome applies.</summary>
    Closed,

    /// <summary>The rule is passed over; the decision says so.</summary>
    Open,
}
