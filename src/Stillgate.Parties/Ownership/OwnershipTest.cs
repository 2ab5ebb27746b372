namespace Stillgate.Parties.Ownership;

/// <summary>
/// A test of ownership: which parties it looks for, and how much of a company they must hold, together, for the company to be
/// treated as one of them. It is a cascade: whoever meets the test counts as sought from there on (docs/decisions/0011).
/// </summary>
public sealed record OwnershipTest
{
    /// <summary>The name that rules use: <c>ownership.ID</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The threshold in parts per billion.</summary>
    public required int Threshold { get; init; }

    /// <summary>True: more than the threshold. False: the threshold or more.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Parties on any of these lists are sought.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Companies and states with their headquarters in these countries are sought; ISO 3166-1 alpha-2.</summary>
    public IReadOnlyList<string> Headquarters { get; init; } = [];

    /// <summary>Whether votes and control by other means count beside capital.</summary>
    public bool CountsControl { get; init; }

    /// <summary>How the part without stated owners is read.</summary>
    public UnreportedOwners Unreported { get; init; } = UnreportedOwners.AreOthers;

    /// <summary>Whether a sum meets the threshold.</summary>
    internal bool IsMetBy(long parts) => IsExclusive ? parts > Threshold : parts >= Threshold;

    /// <summary>Whether the party is sought in its own right.</summary>
    internal Standing StandingOf(PartyFact? party, IReadOnlyList<ListingFact> listings)
    {
        var onLists = listings.Where(listing => Lists.Contains(listing.List)).ToArray();
        if (Array.Exists(onLists, listing => listing.IsConfirmed))
        {
            return Standing.Restricted;
        }

        if (party?.Kind == PartyKind.Unknown || onLists.Length > 0)
        {
            return Standing.Undetermined;
        }

        if (Headquarters.Count == 0 || party?.Kind == PartyKind.Person)
        {
            return Standing.Clear;
        }

        return party?.Headquarters is not { } country ? Standing.Undetermined
            : Headquarters.Contains(country) ? Standing.Restricted : Standing.Clear;
    }
}
