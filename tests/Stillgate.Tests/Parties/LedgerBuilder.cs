using Stillgate.Parties.Ownership;

namespace Stillgate.Tests.Parties;

/// <summary>Writes ledgers for tests in a line each.</summary>
internal sealed class LedgerBuilder
{
    public static readonly DateTimeOffset Day = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static OwnershipTest HalfOrMore { get; } = new() { Id = "half", Threshold = ShareRange.Whole / 2, Lists = ["sdn"] };

    public static OwnershipTest MajorityFromAbroad { get; } = new()
    {
        Id = "majority",
        Threshold = ShareRange.Whole / 2,
        IsExclusive = true,
        Headquarters = ["ZZ"],
    };

    public OwnershipLedger Ledger { get; } = new();

    public LedgerBuilder Listed(string party, bool isConfirmed = true, string list = "sdn")
    {
        Ledger.Add(new ListingFact { Party = party, List = list, ListVersion = "2026-05-01", IsConfirmed = isConfirmed, RecordedAt = Day, Source = "test" });
        return this;
    }

    public LedgerBuilder Party(string id, string? headquarters, PartyKind kind = PartyKind.Company)
    {
        Ledger.Add(new PartyFact { Id = id, Kind = kind, Headquarters = headquarters, RecordedAt = Day, Source = "test" });
        return this;
    }

    public LedgerBuilder Holds(string owner, string owned, ShareRange share, HoldingKind kind = HoldingKind.Ownership) =>
        Holds(new HoldingFact { Id = $"{owner}>{owned}", Owner = owner, Owned = owned, Share = share, Kind = kind, RecordedAt = Day, Source = "test" });

    public LedgerBuilder Holds(HoldingFact fact)
    {
        Ledger.Add(fact);
        return this;
    }

    public OwnershipSnapshot Snapshot(OwnershipTest test) => OwnershipSnapshot.Build(Ledger, test, Day, Day);
}
