namespace Stillgate.Parties.Ownership;

/// <summary>
/// Every statement ever made about parties, holdings and listings, in the order in which they were recorded. Only grows.
/// <see cref="OwnershipSnapshot"/> reads it as of a day, with what was known on another. One writer at a time.
/// </summary>
public sealed class OwnershipLedger
{
    private readonly List<PartyFact> _parties = [];
    private readonly List<HoldingFact> _holdings = [];
    private readonly List<ListingFact> _listings = [];

    /// <summary>All statements about parties.</summary>
    public IReadOnlyList<PartyFact> Parties => _parties;

    /// <summary>All statements about holdings.</summary>
    public IReadOnlyList<HoldingFact> Holdings => _holdings;

    /// <summary>All statements about listings.</summary>
    public IReadOnlyList<ListingFact> Listings => _listings;

    /// <summary>Adds a statement.</summary>
    public void Add(PartyFact fact) => _parties.Add(fact);

    /// <summary>Adds a statement.</summary>
    public void Add(HoldingFact fact) => _holdings.Add(fact);

    /// <summary>Adds a statement.</summary>
    public void Add(ListingFact fact) => _listings.Add(fact);

    /// <summary>Adds everything that another ledger holds.</summary>
    public void Add(OwnershipLedger other)
    {
        _parties.AddRange(other._parties);
        _holdings.AddRange(other._holdings);
        _listings.AddRange(other._listings);
    }

    /// <summary>Whether any statement, of whatever day, is about a party or names it as owner or owned.</summary>
    public bool Names(string party) =>
        _parties.Exists(fact => fact.Id == party) || _holdings.Exists(fact => fact.Owner == party || fact.Owned == party) || _listings.Exists(fact => fact.Party == party);

    /// <summary>The days, in order, on which a holding, a party or a listing begins or ends: between two of them nothing changes.</summary>
    public IReadOnlyList<DateTimeOffset> ChangeDays(DateTimeOffset knownAt)
    {
        var days = new SortedSet<DateTimeOffset>();
        foreach (var (from, to, recorded) in _parties.Select(f => (f.ValidFrom, f.ValidTo, f.RecordedAt))
            .Concat(_holdings.Select(f => (f.ValidFrom, f.ValidTo, f.RecordedAt)))
            .Concat(_listings.Select(f => (f.ValidFrom, f.ValidTo, f.RecordedAt))))
        {
            if (recorded <= knownAt)
            {
                days.UnionWith(new[] { from, to }.OfType<DateTimeOffset>());
            }
        }

        return [.. days];
    }

    internal IEnumerable<PartyFact> PartiesAsOf(DateTimeOffset validAt, DateTimeOffset knownAt) => _parties
        .Where(fact => fact.RecordedAt <= knownAt && IsValid(fact.ValidFrom, fact.ValidTo, validAt))
        .GroupBy(fact => fact.Id, StringComparer.Ordinal)
        .Select(facts => facts.MaxBy(fact => fact.RecordedAt)!);

    // The statement that begins last stands, also where it says that the holding has ended; so the end is looked at last.
    internal IEnumerable<HoldingFact> HoldingsAsOf(DateTimeOffset validAt, DateTimeOffset knownAt) => _holdings
        .Where(fact => fact.RecordedAt <= knownAt && IsValid(fact.ValidFrom, null, validAt))
        .GroupBy(fact => fact.Id, StringComparer.Ordinal)
        .Select(facts => facts.MaxBy(fact => (fact.ValidFrom ?? DateTimeOffset.MinValue, fact.RecordedAt))!)
        .Where(fact => fact.ValidTo is null || validAt < fact.ValidTo);

    internal ILookup<string, ListingFact> ListingsAsOf(DateTimeOffset validAt, DateTimeOffset knownAt) => _listings
        .Where(fact => fact.RecordedAt <= knownAt && IsValid(fact.ValidFrom, null, validAt))
        .GroupBy(fact => (fact.Party, fact.List))
        .Select(facts => facts.MaxBy(fact => (fact.ValidFrom ?? DateTimeOffset.MinValue, fact.RecordedAt))!)
        .Where(fact => fact.ValidTo is null || validAt < fact.ValidTo)
        .ToLookup(fact => fact.Party, StringComparer.Ordinal);

    private static bool IsValid(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset at) => (from is null || from <= at) && (to is null || at < to);
}
