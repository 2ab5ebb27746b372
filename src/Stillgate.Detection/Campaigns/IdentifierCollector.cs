using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Finds what named accounts share that says something of them: an identifier of which most users are named. A mail provider, a campus or a
/// common pattern has other users too, and is left out however many named ones it has.
/// </summary>
internal static class IdentifierCollector
{
    // What a card says of two accounts is 1; the others are held in common more easily.
    private static readonly Dictionary<GroupKind, double> KindWeights = new()
    {
        [GroupKind.Payment] = 1,
        [GroupKind.EmailDomain] = 0.8,
        [GroupKind.EmailPattern] = 0.6,
        [GroupKind.AddressBlock] = 0.5,
        [GroupKind.ClientHello] = 0.5,
    };

    /// <summary>Collects them.</summary>
    /// <param name="named">The named accounts, by index.</param>
    /// <param name="accounts">Everybody.</param>
    /// <param name="anchors">How many accounts use what.</param>
    /// <returns>In an order that follows from the accounts alone.</returns>
    public static List<SharedIdentifier> Collect(IReadOnlyCollection<AccountState> named, AccountBook accounts, AnchorTable anchors)
    {
        var holders = new SortedDictionary<ulong, (GroupKind Kind, List<AccountState> Accounts)>();
        var domains = new SortedDictionary<ulong, List<AccountState>>();
        var clients = new SortedDictionary<ulong, List<AccountState>>();
        foreach (var account in named)
        {
            foreach (var identifier in account.Identifiers)
            {
                Add(holders, identifier, anchors.Find(identifier)?.Kind ?? GroupKind.Payment, account);
            }

            foreach (var block in account.Blocks)
            {
                Add(holders, block, GroupKind.AddressBlock, account);
            }

            Add(domains, account.Registration.EmailDomain, account);
            Add(clients, account.ClientHello, account);
        }

        var shared = new List<SharedIdentifier>();
        foreach (var (identifier, (kind, same)) in holders)
        {
            AddPrivate(shared, kind, same, kind == GroupKind.AddressBlock ? anchors.BlockUserCount(identifier) : anchors.MemberCount(identifier));
        }

        AddCounted(shared, GroupKind.EmailDomain, domains, accounts, account => account.Registration.EmailDomain);
        AddCounted(shared, GroupKind.ClientHello, clients, accounts, account => account.ClientHello);
        return shared;
    }

    private static void Add(SortedDictionary<ulong, List<AccountState>> holders, ulong identifier, AccountState account)
    {
        if (identifier == 0)
        {
            return;
        }

        if (!holders.TryGetValue(identifier, out var same))
        {
            holders[identifier] = same = [];
        }

        same.Add(account);
    }

    // Nothing keeps count of the users of these: everybody is asked, when a map is drawn.
    private static void AddCounted(List<SharedIdentifier> shared, GroupKind kind, SortedDictionary<ulong, List<AccountState>> holders, AccountBook accounts, Func<AccountState, ulong> identifier)
    {
        var held = holders.Where(pair => pair.Value.Count > 1).ToArray();
        var users = accounts.CountBy(held.Select(pair => pair.Key), identifier);
        foreach (var (value, same) in held)
        {
            AddPrivate(shared, kind, same, users[value]);
        }
    }

    private static void Add(SortedDictionary<ulong, (GroupKind Kind, List<AccountState> Accounts)> holders, ulong identifier, GroupKind kind, AccountState account)
    {
        if (!holders.TryGetValue(identifier, out var entry))
        {
            holders[identifier] = entry = (kind, []);
        }

        entry.Accounts.Add(account);
    }

    private static void AddPrivate(List<SharedIdentifier> shared, GroupKind kind, List<AccountState> holders, int users)
    {
        if (holders.Count > 1 && holders.Count * 2 > users)
        {
            shared.Add(new SharedIdentifier(kind, holders, KindWeights[kind] * Rarity.OfShared(Math.Max(users, holders.Count))));
        }
    }
}
