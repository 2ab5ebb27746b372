namespace Stillgate.Policy.Rules;

/// <summary>What a rule's condition came to, in the order in which it is asked for.</summary>
internal enum RuleResult : byte
{
    /// <summary>It reads the request: known only when one comes.</summary>
    OfRequest,

    /// <summary>False.</summary>
    No,

    /// <summary>True.</summary>
    Yes,

    /// <summary>It hangs on facts that are not known.</summary>
    Undetermined,

    /// <summary>It could not be evaluated.</summary>
    Failed,
}
