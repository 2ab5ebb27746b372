namespace Stillgate.Parties.Places;

/// <summary>How the country sources agree on an address. Sources of one basis have one vote together.</summary>
public enum PlaceAgreement : byte
{
    /// <summary>No source speaks of the address.</summary>
    None,

    /// <summary>One basis alone speaks: no evidence.</summary>
    Alone,

    /// <summary>Two or more bases speak, and no country has more than half of them.</summary>
    Split,

    /// <summary>Two or more bases say one country, and are more than half of those that speak.</summary>
    Majority,

    /// <summary>Two or more bases speak, and all say one country.</summary>
    Unanimous,
}
