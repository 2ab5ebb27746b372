using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Sorts the named accounts into campaigns: two belong together where most of what they send is the same and rare, or where they share
/// an identifier that hardly anyone else has. Drawn up afresh from the evidence as it stands, so a link that has lost its ground, a
/// passage or a card that turned out to be common, links no longer: merges undo themselves. No verdict depends on it.
/// </summary>
internal sealed class CampaignMap
{
    private const double SimilarityMin = 0.45;

    private const double HomeShare = 0.3;

    // More leaders than this, and the group is a mixture that its passage does not sort.
    private const int LeadersMax = 64;
    private readonly AnchorTable _anchors;
    private readonly Dictionary<int, AccountState> _accounts = [];
    private readonly Dictionary<int, AccountProfile> _profiles = [];
    private readonly Dictionary<int, int> _parents = [];
    private readonly List<MapLink> _links = [];

    private CampaignMap(AnchorTable anchors) => _anchors = anchors;

    /// <summary>Sorts what was named so far.</summary>
    /// <param name="named">The named groups.</param>
    /// <param name="anchors">Who shares what.</param>
    /// <returns>Campaigns of two accounts or more, each with its links, by the moment of their first flag.</returns>
    public static List<CampaignState> Draw(IReadOnlyList<AnchorGroup> named, AnchorTable anchors)
    {
        var map = new CampaignMap(anchors);
        foreach (var group in named)
        {
            map.Link(group);
        }

        map.LinkByIdentifier();
        return map.Campaigns();
    }

    private void Link(AnchorGroup group)
    {
        var leaders = new List<AccountState>();
        AccountState? first = null;
        foreach (var account in group.Named)
        {
            if (account.Registration.Reseller)
            {
                continue;
            }

            _accounts.TryAdd(account.Index, account);
            if (group.Kind is not (GroupKind.Payment or GroupKind.EmailPattern))
            {
                LinkByContent(group, account, leaders);
            }
            else if (account.Evidence.Group == group)
            {
                // The card is all that its accounts have in common: they were named by it.
                first ??= account;
                Union(first, account, group.Kind, 1);
            }
        }
    }

    private void LinkByContent(AnchorGroup group, AccountState account, List<AccountState> leaders)
    {
        AccountState? closest = null;
        var best = SimilarityMin;
        foreach (var leader in leaders)
        {
            var similarity = Profile(account).Similarity(Profile(leader));
            if (similarity >= best)
            {
                (closest, best) = (leader, similarity);
            }
        }

        if (closest is not null)
        {
            Union(closest, account, group.Kind, best);
        }
        else if (leaders.Count < LeadersMax)
        {
            leaders.Add(account);
        }
    }

    // An identifier joins what content has sorted where most of its users are named, and where it is at home on both sides: one account
    // of many that happens to have a common kind of address joins nothing.
    private void LinkByIdentifier()
    {
        var sizes = _accounts.Keys.CountBy(Root).ToDictionary();
        var holders = new SortedDictionary<ulong, List<AccountState>>();
        foreach (var account in _accounts.Values.OrderBy(account => account.Index))
        {
            foreach (var identifier in account.Identifiers)
            {
                if (!holders.TryGetValue(identifier, out var same))
                {
                    holders[identifier] = same = [];
                }

                same.Add(account);
            }
        }

        foreach (var (identifier, same) in holders.Where(pair => pair.Value.Count > 1 && pair.Value.Count * 2 > _anchors.MemberCount(pair.Key)))
        {
            var kind = _anchors.Find(identifier)?.Kind ?? GroupKind.Payment;
            var homes = same.GroupBy(account => Root(account.Index))
                .Where(part => IsAtHome(part.Count(), sizes.GetValueOrDefault(part.Key, int.MaxValue), kind))
                .Select(part => part.First()).ToArray();
            foreach (var account in homes.Skip(1))
            {
                Union(homes[0], account, kind, 1);
            }
        }
    }

    private static bool IsAtHome(int holders, int size, GroupKind kind) =>
        size == 1 ? kind == GroupKind.Payment : holders >= 2 && holders >= HomeShare * size;

    private AccountProfile Profile(AccountState account)
    {
        if (!_profiles.TryGetValue(account.Index, out var profile))
        {
            _profiles[account.Index] = profile = AccountProfile.Of(account, _anchors);
        }

        return profile;
    }

    private void Union(AccountState a, AccountState b, GroupKind kind, double similarity)
    {
        int rootA = Root(a.Index), rootB = Root(b.Index);
        if (rootA != rootB)
        {
            _parents[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
            _links.Add(new MapLink(a, b, kind, similarity));
        }
    }

    private int Root(int index)
    {
        while (_parents.TryGetValue(index, out var parent))
        {
            index = parent;
        }

        return index;
    }

    private List<CampaignState> Campaigns()
    {
        var links = _links.ToLookup(link => Root(link.A.Index));
        return [.. _accounts.Values.GroupBy(account => Root(account.Index))
            .Where(same => same.Count() > 1)
            .Select(same => new CampaignState([.. same.OrderBy(account => account.Evidence.FlaggedAt!.At).ThenBy(account => account.Index)], [.. links[same.Key]]))
            .OrderBy(campaign => campaign.NamedAt)];
    }
}
