using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Groups that were named for a passage around which each member words the rest anew: no two wrappers are alike enough, so that the map leaves them alone. Where two thirds of
/// those whom a group named stand alone, the passage is what holds it together, and those of them that have somewhat more in common are one campaign. Where most have a place,
/// whoever stands alone has a wrapper of its own and stays alone.
/// </summary>
internal static class RewordedGroups
{
    // docs/decisions/0094-reworded-groups.md: fewer are a ring and who took its words.
    private const int ApartMin = 3;
    private const double ApartShareMin = 2.0 / 3;
    private const double SimilarityMin = 0.2;

    // Compared with the first ones only: the work stays that of the members.
    private const int ComparedMax = 64;

    /// <summary>Joins them.</summary>
    /// <param name="accounts">Every named account, by index.</param>
    /// <param name="named">The named groups, in the order in which they were.</param>
    /// <param name="sets">The sets as wrappers and identifiers join them.</param>
    /// <param name="wrappers">The accounts' wrappers, by index.</param>
    /// <param name="outsiders">Accounts that belong to nobody (<see cref="Outsiders"/>).</param>
    public static void Join(
        IReadOnlyCollection<AccountState> accounts, IReadOnlyList<AnchorGroup> named, AccountSets sets, IReadOnlyDictionary<int, WrapperProfile> wrappers, IReadOnlySet<int> outsiders)
    {
        var alone = accounts.GroupBy(account => sets.Root(account.Index))
            .Where(same => same.Count() == 1).Select(same => same.Single().Index).Where(index => !outsiders.Contains(index)).ToHashSet();
        foreach (var group in named.Where(group => group.Kind is GroupKind.Template or GroupKind.SystemPrompt))
        {
            AccountState[] apart = [.. group.NamedForCampaigns.Where(account => alone.Contains(account.Index)).OrderBy(account => account.Index)];
            if (apart.Length >= ApartMin && apart.Length >= ApartShareMin * group.NamedForCampaigns.Count())
            {
                JoinAlike(apart, group.Kind, sets, wrappers);
            }
        }
    }

    private static void JoinAlike(AccountState[] accounts, GroupKind kind, AccountSets sets, IReadOnlyDictionary<int, WrapperProfile> wrappers)
    {
        for (var i = 1; i < accounts.Length; i++)
        {
            var wrapper = wrappers[accounts[i].Index];
            var (closest, similarity) = accounts.Take(Math.Min(i, ComparedMax)).Select(other => (other, wrapper.Similarity(wrappers[other.Index]))).MaxBy(pair => pair.Item2);
            if (similarity >= SimilarityMin)
            {
                sets.Union(closest, accounts[i], kind, similarity);
            }
        }
    }
}
