namespace Stillgate.Parties.Places;

/// <summary>How the place that an account declares compares with the place that an address is observed at.</summary>
public enum DeclaredPlace
{
    /// <summary>Nothing was declared, the sources do not agree, or the address is of a class that says nothing of where its user is.</summary>
    Undetermined,

    /// <summary>The same country.</summary>
    Same,

    /// <summary>Another country.</summary>
    Differs,
}
