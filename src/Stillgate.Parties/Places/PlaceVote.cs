namespace Stillgate.Parties.Places;

/// <summary>What one country source says of an address.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Basis">What its statements rest on; sources of one basis have one vote together.</param>
/// <param name="Country">The country, or none where it does not speak.</param>
public readonly record struct PlaceVote(string Source, string Basis, CountryCode Country);
