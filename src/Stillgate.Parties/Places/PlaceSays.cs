namespace Stillgate.Parties.Places;

/// <summary>What a source of places tells of an address.</summary>
public enum PlaceSays
{
    /// <summary>The country or territory, an ISO 3166-1 code of two letters.</summary>
    Country,

    /// <summary>The autonomous system that announces it.</summary>
    Network,

    /// <summary>It belongs to a data centre.</summary>
    Hosting,

    /// <summary>It is an exit of a virtual private network.</summary>
    Vpn,

    /// <summary>It is an exit of a relay that hides the address and keeps the coarse place.</summary>
    Relay,

    /// <summary>It is an exit of Tor.</summary>
    Tor,
}
