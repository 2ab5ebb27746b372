namespace Stillgate.Parties.Places;

/// <summary>What all sources together say of one address. A value of a few bytes: a look-up allocates nothing.</summary>
public readonly record struct PlaceAnswer
{
    internal PlaceAnswer(uint row, uint network, CountryCode leading, PlaceAgreement agreement, byte speaking, byte supporting, NetworkClasses classes)
    {
        (Row, Network, Leading, Agreement, Speaking, Supporting, Classes) = (row, network, leading, agreement, speaking, supporting, classes);
    }

    /// <summary>The country, where the agreement is <see cref="PlaceAgreement.Majority"/> or <see cref="PlaceAgreement.Unanimous"/>; otherwise none, which means undetermined.</summary>
    public CountryCode Country => Agreement >= PlaceAgreement.Majority ? Leading : default;

    /// <summary>The country that most say, whether or not that is evidence; none where two have as many.</summary>
    public CountryCode Leading { get; }

    /// <summary>How the sources agree on the country.</summary>
    public PlaceAgreement Agreement { get; }

    /// <summary>How many bases speak.</summary>
    public byte Speaking { get; }

    /// <summary>How many of them say <see cref="Leading"/>.</summary>
    public byte Supporting { get; }

    /// <summary>The autonomous system; 0 where no source tells it or two tell different ones.</summary>
    public uint Network { get; }

    /// <summary>Every class that a list has the address in.</summary>
    public NetworkClasses Classes { get; }

    /// <summary>
    /// The one class that a rule asks for. Tor before relay before VPN before hosting: what names the address more closely counts, and lists of VPN exits name the
    /// exits of relays too.
    /// </summary>
    public NetworkClasses Class =>
        (Classes & NetworkClasses.Tor) != 0 ? NetworkClasses.Tor
        : (Classes & NetworkClasses.Relay) != 0 ? NetworkClasses.Relay
        : (Classes & NetworkClasses.Vpn) != 0 ? NetworkClasses.Vpn
        : Classes & NetworkClasses.Hosting;

    internal uint Row { get; }
}
