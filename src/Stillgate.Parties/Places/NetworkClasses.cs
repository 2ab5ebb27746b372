namespace Stillgate.Parties.Places;

/// <summary>The classes of network that some source lists an address in. An address may be in several.</summary>
[Flags]
public enum NetworkClasses : byte
{
    /// <summary>In no list that was loaded.</summary>
    None = 0,

    /// <summary>A data centre.</summary>
    Hosting = 1,

    /// <summary>An exit of a virtual private network.</summary>
    Vpn = 2,

    /// <summary>An exit of a relay that keeps the coarse place.</summary>
    Relay = 4,

    /// <summary>An exit of Tor.</summary>
    Tor = 8,
}
