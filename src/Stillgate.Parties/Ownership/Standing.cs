namespace Stillgate.Parties.Ownership;

/// <summary>The answer of an ownership test.</summary>
public enum Standing
{
    /// <summary>No reading of the facts meets the test.</summary>
    Clear,

    /// <summary>Some readings of the facts meet the test and some do not.</summary>
    Undetermined,

    /// <summary>Every reading of the facts meets the test.</summary>
    Restricted,
}
