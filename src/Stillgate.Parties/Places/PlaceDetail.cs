namespace Stillgate.Parties.Places;

/// <summary>What stands behind an answer.</summary>
/// <param name="Votes">Each country source and what it says.</param>
/// <param name="Lists">The lists of network classes that name the address.</param>
/// <param name="NetworkName">The name of the autonomous system, where a source tells it.</param>
public sealed record PlaceDetail(IReadOnlyList<PlaceVote> Votes, IReadOnlyList<string> Lists, string? NetworkName);
