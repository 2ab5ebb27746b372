namespace Stillgate.Parties.Ownership;

/// <summary>How a test reads the part of a company whose owners nobody has stated.</summary>
public enum UnreportedOwners
{
    /// <summary>Its owners are not parties that the test looks for.</summary>
    AreOthers,

    /// <summary>Its owners may be such parties: only stated other owners can clear a company.</summary>
    MayBeSought,
}
