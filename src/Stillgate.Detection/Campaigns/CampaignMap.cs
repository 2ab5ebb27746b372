using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Sorts the named accounts into campaigns: two belong together where the wrapper of what they send is the same and rare, and what content
/// has sorted belongs together where the accounts share identifiers that hardly anyone else has. Drawn up afresh from the evidence as it
/// stands, so a link that has lost its ground, a passage or a card that turned out to be common, links no longer: merges undo
/// themselves. No verdict depends on it.
/// </summary>
internal static class CampaignMap
{
    // docs/decisions/0045-wrappers-and-crossings.md: of 29,662 pairs of different operators three are so alike; of one operator's in one language, nearly all are.
    private const double SimilarityMin = 0.6;

    /// <summary>Sorts what was named so far.</summary>
    /// <param name="named">The named groups, in the order in which they were.</param>
    /// <param name="accounts">Everybody.</param>
    /// <param name="anchors">Who shares what.</param>
    /// <returns>Campaigns of two accounts or more, each with its links, by the moment of their first flag.</returns>
    public static List<CampaignState> Draw(IReadOnlyList<AnchorGroup> named, AccountBook accounts, AnchorTable anchors)
    {
        var sorted = new SortedDictionary<int, AccountState>();
        foreach (var account in named.SelectMany(group => group.NamedForCampaigns))
        {
            sorted.TryAdd(account.Index, account);
        }

        if (sorted.Count == 0)
        {
            return [];
        }

        var wrappers = sorted.ToDictionary(pair => pair.Key, pair => WrapperProfile.Of(pair.Value, anchors));
        var identifiers = IdentifierCollector.Collect(sorted.Values, accounts, anchors);
        var sets = Sort(sorted.Values, [], named, identifiers, wrappers);
        var outsiders = Outsiders.Of(sorted.Values, sets, identifiers);
        if (outsiders.Count > 0)
        {
            // Drawn anew, since an outsider may be the one whom the others were found to be like.
            sets = Sort(sorted.Values, outsiders, named, identifiers, wrappers);
        }

        RewordedGroups.Join(sorted.Values, named, sets, wrappers, outsiders);
        return Campaigns(sorted.Values, sets);
    }

    private static AccountSets Sort(
        IReadOnlyCollection<AccountState> accounts, HashSet<int> outsiders, IReadOnlyList<AnchorGroup> named, List<SharedIdentifier> identifiers, Dictionary<int, WrapperProfile> wrappers)
    {
        var sets = new AccountSets();
        LinkByWrapper(accounts.Where(account => !outsiders.Contains(account.Index)), sets, wrappers);
        LinkByNamingIdentifier(named, sets);
        new IdentifierTies(sets, identifiers).Join(accounts);
        return sets;
    }

    private static void LinkByWrapper(IEnumerable<AccountState> accounts, AccountSets sets, Dictionary<int, WrapperProfile> wrappers)
    {
        var index = new WrapperIndex();
        foreach (var account in accounts)
        {
            if (index.MatchOrLead(account, wrappers[account.Index], SimilarityMin) is { } match)
            {
                sets.Union(match.Account, account, account.Found.Group?.Kind == GroupKind.SystemPrompt ? GroupKind.SystemPrompt : GroupKind.Template, match.Similarity);
            }
        }
    }

    // The card is all that its accounts have in common: they were named by it.
    private static void LinkByNamingIdentifier(IReadOnlyList<AnchorGroup> named, AccountSets sets)
    {
        foreach (var group in named.Where(group => group.Kind is GroupKind.Payment or GroupKind.EmailPattern))
        {
            AccountState? first = null;
            foreach (var account in group.NamedForCampaigns.Where(account => account.Found.Group == group))
            {
                first ??= account;
                sets.Union(first, account, group.Kind, 1);
            }
        }
    }

    private static List<CampaignState> Campaigns(IReadOnlyCollection<AccountState> accounts, AccountSets sets)
    {
        var links = sets.Links.ToLookup(link => sets.Root(link.A.Index));
        return [.. accounts.GroupBy(account => sets.Root(account.Index))
            .Where(same => same.Count() > 1)
            .Select(same => new CampaignState([.. same.OrderBy(account => account.Found.FlaggedAt!.At).ThenBy(account => account.Index)], [.. links[same.Key]]))
            .OrderBy(campaign => campaign.NamedAt)];
    }
}
