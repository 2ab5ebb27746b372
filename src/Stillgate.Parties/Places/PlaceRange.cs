namespace Stillgate.Parties.Places;

/// <summary>What one source says of the addresses from <paramref name="Start"/> to <paramref name="End"/>, both included.</summary>
/// <param name="Start">The first address as a number.</param>
/// <param name="End">The last address as a number.</param>
/// <param name="Value">A packed <see cref="CountryCode"/>, the number of an autonomous system, or 1 for a list of a network class.</param>
internal readonly record struct PlaceRange(UInt128 Start, UInt128 End, uint Value);
