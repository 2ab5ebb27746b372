using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Accounts with a campaign's wrapper and none of its identifiers, where nearly everybody else in it is tied by one: whoever took the wrapper from where it is published. They stay named
/// for what they did and belong to no campaign. Where a campaign's accounts share nothing, nobody is an outsider: the wrapper is all there is.
/// </summary>
internal static class Outsiders
{
    // docs/decisions/0092-outsiders-of-a-campaign.md: of 818 accounts in sets so tied all of the ring's are tied, and none of the five others.
    private const double TiedShareMin = 0.6;
    private const int SetSizeMin = 3;

    /// <summary>Finds them.</summary>
    /// <param name="named">Every named account, by index.</param>
    /// <param name="sets">The sets as wrappers and identifiers join them.</param>
    /// <param name="identifiers">What named accounts share and hardly anyone else holds.</param>
    /// <returns>Their indexes.</returns>
    public static HashSet<int> Of(IReadOnlyCollection<AccountState> named, AccountSets sets, IReadOnlyList<SharedIdentifier> identifiers)
    {
        // A client's fingerprint ties nobody here: strangers run the same program.
        var tied = identifiers.Where(identifier => identifier.Kind != GroupKind.ClientHello)
            .SelectMany(identifier => identifier.Holders.GroupBy(account => sets.Root(account.Index)).Where(same => same.Count() > 1).SelectMany(same => same))
            .Select(account => account.Index).ToHashSet();
        return [.. named.GroupBy(account => sets.Root(account.Index), account => account.Index)
            .Where(same => same.Count() >= SetSizeMin && same.Count(tied.Contains) >= TiedShareMin * same.Count())
            .SelectMany(same => same.Where(index => !tied.Contains(index)))];
    }
}
