using Stillgate.Parties.Registry;
using Stillgate.Storage;

namespace Stillgate.Server.Decisions;

/// <summary>The accounts and organisations of a store. Who is spared by a hold is compared with them letter for letter, so a misspelled one is not spared.</summary>
internal static class KnownCustomers
{
    /// <summary>A line for each name that no account and no organisation has.</summary>
    /// <param name="names">Who is to be spared.</param>
    /// <param name="loader">The store.</param>
    public static IReadOnlyList<string> Unknown(IReadOnlyList<string> names, DecisionLoader loader)
    {
        try
        {
            var known = Names(loader);
            return [.. names.Where(name => !known.Contains(name)).Select(name => $"{name}: no account or organisation of this store{NearNames.Hint(name, known)}")];
        }
        catch (StoreException cause)
        {
            // A hold is placed before this is asked: it stands, whatever is wrong with what is known of customers.
            return [$"could not be compared with the customers: {cause.Message}"];
        }
    }

    private static HashSet<string> Names(DecisionLoader loader)
    {
        var book = loader.Customers();
        return
        [
            .. loader.Identities().SelectMany(key => new[] { key.Account, key.Organization }).OfType<string>(),
            .. book.Accounts,
            .. book.Accounts.SelectMany(account => book.Of(StatementForms.Account, account)).Select(statement => statement.One("organization")).OfType<string>(),
        ];
    }
}
