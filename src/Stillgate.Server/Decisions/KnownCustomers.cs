using Stillgate.Parties.Registry;
using Stillgate.Storage;

namespace Stillgate.Server.Decisions;

/// <summary>The accounts and organisations of a store. Who is spared by a hold is compared with them letter for letter, so a misspelled one is not spared.</summary>
internal static class KnownCustomers
{
    // A long list of strangers against many customers must not keep whoever waits for the answer: who reads it reads the first lines.
    private const int HintsMax = 20;
    private const int HintedCustomersMax = 100_000;

    /// <summary>A line for each name that no account and no organisation has.</summary>
    /// <param name="names">Who is to be spared.</param>
    /// <param name="customers">Reads what is known of customers; asked only where there is a name.</param>
    /// <param name="loader">The store, for its keys.</param>
    public static IReadOnlyList<string> Unknown(IReadOnlyList<string> names, Func<PartyBook> customers, DecisionLoader loader)
    {
        if (names.Count == 0)
        {
            return [];
        }

        try
        {
            var known = Names(customers(), loader);
            var isHinted = known.Count <= HintedCustomersMax;
            return [.. names.Where(name => !known.Contains(name)).Select((name, at) => $"{name}: no account or organisation of this store{(isHinted && at < HintsMax ? NearNames.Hint(name, known) : "")}")];
        }
        catch (StoreException cause)
        {
            // A hold is placed before this is asked: it stands, whatever is wrong with what is known of customers.
            return [$"could not be compared with the customers: {cause.Message}"];
        }
    }

    private static HashSet<string> Names(PartyBook book, DecisionLoader loader) =>
    [
        .. loader.Identities().SelectMany(key => new[] { key.Account, key.Organization }).OfType<string>(),
        .. book.Accounts,
        .. book.Accounts.SelectMany(account => book.Of(StatementForms.Account, account)).Select(statement => statement.One("organization")).OfType<string>(),
    ];
}
