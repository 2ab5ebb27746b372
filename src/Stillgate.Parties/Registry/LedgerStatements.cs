using Stillgate.Parties.Ownership;

namespace Stillgate.Parties.Registry;

/// <summary>Turns what a reader of ownership data found into statements, so that it is kept like every other fact.</summary>
internal static class LedgerStatements
{
    public static IEnumerable<PartyStatement> Of(OwnershipLedger ledger) =>
        ledger.Parties.Select(Of).Concat(ledger.Holdings.Select(Of));

    private static PartyStatement Of(PartyFact fact) => Make(
        StatementForms.Party,
        (fact.ValidFrom, fact.ValidTo, fact.RecordedAt, fact.Source),
        ("id", fact.Id),
        ("name", fact.Name),
        ("kind", fact.Kind switch { PartyKind.Person => "person", PartyKind.State => "state", PartyKind.Unknown => "unknown", _ => "company" }),
        ("headquarters", fact.Headquarters),
        ("jurisdiction", fact.Jurisdiction));

    private static PartyStatement Of(HoldingFact fact) => Make(
        StatementForms.Holding,
        (fact.ValidFrom, fact.ValidTo, fact.RecordedAt, fact.Source),
        ("id", fact.Id),
        ("owner", fact.Owner),
        ("owned", fact.Owned),
        ("kind", LedgerOfBook.Word(fact.Kind)),
        ("share_min", ShareRange.Percent(fact.Share.Lower)),
        ("share_max", ShareRange.Percent(fact.Share.Upper)),
        ("indirect", fact.IsIndirect ? "true" : null),
        ("joint_group", fact.JointGroup),
        ("on_behalf_of", fact.OnBehalfOf));

    private static PartyStatement Make(
        string kind, (DateTimeOffset? From, DateTimeOffset? To, DateTimeOffset RecordedAt, string Source) when, params (string Name, string? Value)[] fields)
    {
        var form = StatementForms.Find(kind)!;
        var stated = fields.Where(field => !string.IsNullOrEmpty(field.Value))
            .ToDictionary(field => field.Name, field => (IReadOnlyList<string>)[field.Value!], StringComparer.Ordinal);
        return new PartyStatement
        {
            Statement = kind,
            Subject = form.SubjectOf(stated),
            Key = form.KeyOf(stated),
            Fields = stated,
            ValidFrom = when.From,
            ValidTo = when.To,
            RecordedAt = when.RecordedAt,
            Source = when.Source,
        };
    }
}
