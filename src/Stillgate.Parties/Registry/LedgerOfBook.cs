using System.Globalization;
using Stillgate.Parties.Ownership;

namespace Stillgate.Parties.Registry;

/// <summary>Turns statements about parties, holdings and screenings into the facts that ownership tests read.</summary>
internal static class LedgerOfBook
{
    private static readonly Dictionary<string, HoldingKind> Kinds = new(StringComparer.Ordinal)
    {
        ["ownership"] = HoldingKind.Ownership,
        ["voting"] = HoldingKind.Voting,
        ["control"] = HoldingKind.Control,
        ["possible-control"] = HoldingKind.PossibleControl,
    };

    public static string Word(HoldingKind kind) => Kinds.First(word => word.Value == kind).Key;

    public static HoldingFact Holding(PartyStatement statement)
    {
        var exact = Percent(statement, "share");
        return new HoldingFact
        {
            Id = statement.Key,
            Owner = statement.One("owner")!,
            Owned = statement.One("owned")!,
            Kind = statement.One("kind") is { } kind ? Kinds[kind] : HoldingKind.Ownership,
            Share = exact is { } share ? ShareRange.Exact(share) : ShareRange.Bounded(Percent(statement, "share_min"), null, Percent(statement, "share_max"), null),
            IsIndirect = statement.One("indirect") == "true",
            JointGroup = statement.One("joint_group"),
            OnBehalfOf = statement.One("on_behalf_of"),
            ValidFrom = statement.ValidFrom,
            ValidTo = statement.ValidTo,
            RecordedAt = statement.RecordedAt,
            Source = statement.Source,
        };
    }

    /// <summary>A party may be stated field by field; a fact of the ledger is whole. So one fact is made for each span between two changes.</summary>
    public static void AddParty(OwnershipLedger ledger, PartyBook book, string party, DateTimeOffset knownAt)
    {
        PartyStatement[] statements = [.. book.Of(StatementForms.Party, party).Where(statement => statement.RecordedAt <= knownAt)];
        DateTimeOffset[] days = statements.Length == 0 ? [] : [DateTimeOffset.MinValue, .. PartyBook.Changes(statements).Distinct().Order()];
        for (var i = 0; i < days.Length; i++)
        {
            var at = new BookMoment(days[i], knownAt);
            string? Known(string field) => book.Known(StatementForms.Party, party, field, at)?.One;
            ledger.Add(new PartyFact
            {
                Id = party,
                Name = Known("name"),
                Kind = Known("kind") switch { "person" => PartyKind.Person, "state" => PartyKind.State, "unknown" => PartyKind.Unknown, _ => PartyKind.Company },
                Headquarters = Known("headquarters"),
                Jurisdiction = Known("jurisdiction"),
                ValidFrom = i == 0 ? null : days[i],
                ValidTo = i + 1 < days.Length ? days[i + 1] : null,
                RecordedAt = statements.Max(statement => statement.RecordedAt),
                Source = string.Join("; ", statements.Select(statement => statement.Source).Distinct()),
            });
        }

        foreach (var screening in book.Of(StatementForms.Screening, party).Where(statement => statement.RecordedAt <= knownAt))
        {
            ledger.Add(Listing(screening));
        }
    }

    private static ListingFact Listing(PartyStatement screening) => new()
    {
        Party = screening.Subject,
        List = screening.One("list")!,
        ListVersion = screening.One("list_version")!,
        IsConfirmed = screening.One("result") == "confirmed",
        ValidFrom = screening.ValidFrom,

        // A screening that came out clear ends what an earlier one had found.
        ValidTo = screening.One("result") == "clear" ? screening.ValidFrom ?? DateTimeOffset.MinValue : screening.ValidTo,
        RecordedAt = screening.RecordedAt,
        Source = screening.Source,
    };

    private static decimal? Percent(PartyStatement statement, string field) =>
        statement.One(field) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}
