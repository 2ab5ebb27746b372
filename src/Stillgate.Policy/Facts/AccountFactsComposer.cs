using Stillgate.Parties.Registry;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Facts;

/// <summary>
/// Works out the facts that rules read from what was stated about a customer: for each span of days between two changes once.
/// A fact that nobody stated is left out, and so not known; nothing is inferred.
/// </summary>
/// <param name="policy">The policy: its lists and ownership tests say which facts there are.</param>
/// <param name="book">What was stated.</param>
/// <param name="knownAt">Only what had been recorded by then.</param>
public sealed class AccountFactsComposer(PolicySnapshot policy, PartyBook book, DateTimeOffset knownAt)
{
    private readonly OwnershipFacts _ownership = new(policy.OwnershipTests, book, knownAt);

    /// <summary>The facts of an account, by spans of days; at least one span.</summary>
    public IReadOnlyList<AccountFacts> Compose(AccountIdentity identity)
    {
        DateTimeOffset[] days = [DateTimeOffset.MinValue, .. ChangesOf(identity).Where(day => day > DateTimeOffset.MinValue).Distinct().Order()];
        return [.. days.Select(day => At(identity, new BookMoment(day, knownAt), day))];
    }

    private IEnumerable<DateTimeOffset> ChangesOf(AccountIdentity identity)
    {
        var endCustomer = identity.EndCustomer is { } end ? StatementForm.Key(identity.Account, end) : null;
        PartyStatement[] own =
        [
            .. book.Of(StatementForms.Account, identity.Account),
            .. book.Of(StatementForms.Payment, identity.Account),
            .. book.Of(StatementForms.Attestation, identity.Account),
            .. book.Of(StatementForms.EndCustomer, identity.Account).Where(one => one.Key == endCustomer),
        ];
        var parties = own.Select(one => one.One("organization")).Append(identity.Organization).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var ofParties = parties.SelectMany(party => book.Of(StatementForms.Party, party)
            .Concat(book.Of(StatementForms.Screening, party))
            .Concat(book.Of(StatementForms.Attestation, party)));
        return PartyBook.Changes(own.Concat(ofParties).Where(one => one.RecordedAt <= knownAt)).Concat(parties.SelectMany(_ownership.ChangesOf));
    }

    private AccountFacts At(AccountIdentity identity, BookMoment at, DateTimeOffset from)
    {
        var into = new FactCollector();
        into.Add("account.id", ExpressionValue.Of(identity.Account), new FactSource("the key", null));
        AddAccount(into, identity, at);
        if (identity.EndCustomer is { } end)
        {
            AddEndCustomer(into, identity.Account, end, at);
        }

        AddPayment(into, identity.Account, at);
        var party = into.TextOf("account.organization");
        AddAttestations(into, [party, identity.EndCustomer is null ? identity.Account : null], at);
        if (party is not null)
        {
            into.Add("party.headquarters", book.Known(StatementForms.Party, party, "headquarters", at));
            into.Add("party.jurisdiction", book.Known(StatementForms.Party, party, "jurisdiction", at));
            AddScreenings(into, party, at);
            _ownership.Add(into, party, at.ValidAt);
        }

        return new AccountFacts { From = from, Facts = into.Facts, Sources = into.Sources };
    }

    private void AddAccount(FactCollector into, AccountIdentity identity, BookMoment at)
    {
        StatedValue? Known(string field) => book.Known(StatementForms.Account, identity.Account, field, at);

        if (identity.Organization is { } organization)
        {
            into.Add("account.organization", ExpressionValue.Of(organization), new FactSource("the key", null));
        }

        into.Add("account.organization", Known("organization"));
        into.AddTime("account.created", Known("created"));
        into.Add("account.plan", Known("plan"));
        into.Add("account.country", Known("country"));
        into.AddFlag("account.reseller", Known("reseller"));
        into.Add("account.sold_by", Known("sold_by"));
        into.AddPairs("account.tags", Known("tags"));
    }

    /// <summary>The end customer stands in the account's place: what the reseller is says nothing of whom it serves.</summary>
    private void AddEndCustomer(FactCollector into, string reseller, string end, BookMoment at)
    {
        var key = StatementForm.Key(reseller, end);
        foreach (var name in new[] { "account.organization", "account.created", "account.plan", "account.country", "account.tags" })
        {
            into.Remove(name);
        }

        into.Add("account.organization", book.Known(StatementForms.EndCustomer, key, "organization", at));
        into.Add("account.country", book.Known(StatementForms.EndCustomer, key, "country", at));
        into.AddPairs("account.tags", book.Known(StatementForms.EndCustomer, key, "tags", at));
        into.Add("account.reseller", ExpressionValue.False, new FactSource("passed through by " + reseller, null));
        into.Add("account.sold_by", ExpressionValue.Of(reseller), new FactSource("passed through by " + reseller, null));
    }

    /// <summary>Where means of payment are from several countries, the country is not one fact and so not known.</summary>
    private void AddPayment(FactCollector into, string account, BookMoment at)
    {
        var countries = book.KeysOf(StatementForms.Payment, account)
            .Select(key => book.Known(StatementForms.Payment, key, "country", at)).OfType<StatedValue>().ToArray();
        if (countries.Length > 0 && Array.TrueForAll(countries, country => country.One == countries[0].One))
        {
            into.Add("account.payment_country", countries[0]);
        }
    }

    /// <summary>
    /// The register of attestations is the operator's own: one that is not on file was not given. US-person status is known only where
    /// somebody attested it, one way or the other.
    /// </summary>
    private void AddAttestations(FactCollector into, IReadOnlyList<string?> holders, BookMoment at)
    {
        var words = new List<string>();
        var sources = new List<string>();
        DateTimeOffset? since = null;
        foreach (var key in holders.OfType<string>().SelectMany(holder => book.KeysOf(StatementForms.Attestation, holder)).Distinct(StringComparer.Ordinal))
        {
            if (book.Known(StatementForms.Attestation, key, "kind", at) is not { } kind)
            {
                continue;
            }

            var value = book.Known(StatementForms.Attestation, key, "value", at);
            if (kind.One == "us-person")
            {
                into.AddFlag("party.us_person", value ?? kind with { Values = ["true"] });
            }

            if (value?.One != "false")
            {
                var scope = book.Known(StatementForms.Attestation, key, "scope", at)?.Values ?? [];
                words.AddRange(scope.Count == 0 ? [kind.One] : scope.Select(model => $"{kind.One}:{model}"));
                sources.Add(kind.Statement.Source);
                since = since is null || kind.Statement.ValidFrom > since ? kind.Statement.ValidFrom : since;
            }
        }

        into.Add("party.attestations", ExpressionValue.Of(words), new FactSource(
            sources.Count == 0 ? "register of attestations: none on file" : string.Join("; ", sources.Distinct(StringComparer.Ordinal)), since));
    }

    private void AddScreenings(FactCollector into, string party, BookMoment at)
    {
        foreach (var list in policy.Lists)
        {
            var key = StatementForm.Key(party, list);
            if (book.Known(StatementForms.Screening, key, "result", at) is not { } result || result.One == "possible")
            {
                // Never screened, or a match that nobody has confirmed or ruled out: not known.
                continue;
            }

            var version = $"{list} {result.Statement.One("list_version")}";
            into.Add(
                StandardFacts.ListFact(list),
                ExpressionValue.Of(result.One == "confirmed"),
                new FactSource("screening: " + result.Statement.Source, result.Statement.ValidFrom ?? result.Statement.RecordedAt) { ListVersions = [version] });
        }
    }
}
