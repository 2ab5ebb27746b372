using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// The passages that make up what an account sends, each weighed by its rarity. Two accounts of one ring send the same wrapper and are
/// alike; two that have a turn of phrase in common, or one tutorial, differ in the rest.
/// </summary>
internal sealed class AccountProfile
{
    // Below this share of its most used passage, a passage is an account's cover or its tasks, not its wrapper.
    private const double ShareMin = 0.3;

    private readonly Dictionary<ulong, double> _weights = [];
    private readonly double _sum;

    private AccountProfile(AccountState account, AnchorTable anchors)
    {
        account.Heavy.Collect(ShareMin, _weights);
        foreach (var anchor in _weights.Keys)
        {
            _weights[anchor] *= Rarity(anchors.MemberCount(anchor));
            _sum += _weights[anchor];
        }
    }

    public static AccountProfile Of(AccountState account, AnchorTable anchors) => new(account, anchors);

    /// <summary>Weighted Jaccard similarity (Ioffe, ICDM 2010), 0 to 1.</summary>
    public double Similarity(AccountProfile other)
    {
        var (few, many) = _weights.Count < other._weights.Count ? (_weights, other._weights) : (other._weights, _weights);
        double common = 0;
        foreach (var (anchor, weight) in few)
        {
            common += many.TryGetValue(anchor, out var there) ? Math.Min(weight, there) : 0;
        }

        var all = _sum + other._sum - common;
        return all > 0 ? common / all : 0;
    }

    // FRAUDAR's column weight (Hooi et al., KDD 2016): what many accounts send says little of any two.
    private static double Rarity(int members) => 1 / Math.Log(members + 5);
}
