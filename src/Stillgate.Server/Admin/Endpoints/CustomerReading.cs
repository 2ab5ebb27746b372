using Stillgate.Parties.Registry;
using Stillgate.Server.Admin.Contracts;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>Everything that stood about one account or party at a moment.</summary>
internal static class CustomerReading
{
    private static readonly string[] OfAccounts =
        [StatementForms.Account, StatementForms.Payment, StatementForms.Access, StatementForms.Verification, StatementForms.Attestation, StatementForms.EndCustomer];

    private static readonly string[] OfParties = [StatementForms.Party, StatementForms.Screening, StatementForms.Verification, StatementForms.Attestation];

    public static IReadOnlyList<KnownItem> Of(PartyBook book, string id, bool isParty, BookMoment moment)
    {
        var items = new List<KnownItem>();
        foreach (var kind in isParty ? OfParties : OfAccounts)
        {
            items.AddRange(book.KeysOf(kind, id).Select(key => Item(book, kind, key, moment)).Where(item => item.Fields.Count > 0));
        }

        if (isParty)
        {
            var holdings = book.HoldingsAround(id).Select(holding => holding.Key).Distinct(StringComparer.Ordinal);
            items.AddRange(holdings.Select(key => Item(book, StatementForms.Holding, key, moment)).Where(item => item.Fields.Count > 0));
        }

        return items;
    }

    private static KnownItem Item(PartyBook book, string kind, string key, BookMoment moment) => new(
        kind,
        [
            .. StatementForms.Find(kind)!.Fields
                .Select(field => (field.Name, Stated: book.Known(kind, key, field.Name, moment)))
                .Where(one => one.Stated is not null)
                .Select(one => new KnownField(one.Name, one.Stated!.Values, one.Stated.Statement.ValidFrom, one.Stated.Statement.Source, one.Stated.Statement.RecordedAt)),
        ]);
}
