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
    /// <param name="named">The named groups, in the order in which they were.</param>
    /// <param name="sets">The sets as wrappers and identifiers join them.</param>
    /// <param name="anchors">Who shares what.</param>
    /// <param name="outsiders">Accounts that belong to nobody (<see cref="Outsiders"/>).</param>
    public static void Join(IReadOnlyList<AnchorGroup> named, AccountSets sets, AnchorTable anchors, IReadOnlySet<int> outsiders)
    {
        var alone = named.SelectMany(Members).DistinctBy(account => account.Index).GroupBy(account => sets.Root(account.Index))
            .Where(same => same.Count() == 1).Select(same => same.Single().Index).Where(index => !outsiders.Contains(index)).ToHashSet();
        foreach (var group in named.Where(group => group.Kind is GroupKind.Template or GroupKind.SystemPrompt))
        {
            AccountState[] apart = [.. Members(group).Where(account => alone.Contains(account.Index)).OrderBy(account => account.Index)];
            if (apart.Length >= ApartMin && apart.Length >= ApartShareMin * Members(group).Count())
            {
                JoinAlike(apart, group.Kind, sets, anchors);
            }
        }
    }

    private static IEnumerable<AccountState> Members(AnchorGroup group) => group.Named.Where(account => !account.Registration.Reseller);

    private static void JoinAlike(AccountState[] accounts, GroupKind kind, AccountSets sets, AnchorTable anchors)
    {
        var compared = new List<(AccountState Account, WrapperProfile Wrapper)>();
        foreach (var account in accounts)
        {
            var wrapper = WrapperProfile.Of(account, anchors);
            var closest = compared.Select(other => (other.Account, Similarity: wrapper.Similarity(other.Wrapper))).OrderByDescending(other => other.Similarity).FirstOrDefault();
            if (closest.Similarity >= SimilarityMin)
            {
                sets.Union(closest.Account, account, kind, closest.Similarity);
            }

            if (compared.Count < ComparedMax)
            {
                compared.Add((account, wrapper));
            }
        }
    }
}
