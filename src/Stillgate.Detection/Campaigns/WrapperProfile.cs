using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// What an account wraps its tasks in, for the map: the passages that most of what it sends again and again carries, each weighed by its
/// rarity. A task that is sampled some dozen times comes back often too, and every account has tasks of its own: counted in, they would make
/// two accounts with one wrapper look like strangers.
/// </summary>
internal sealed class WrapperProfile
{
    // A wrapper is in nearly every exchange of a harvest; what is in fewer than half is a task, or a slot of the wrapper.
    private const double ShareMin = 0.5;

    // A passage of which no other user is known weighs as if there were one: it is the mark of another wrapper.
    private const int UsersMin = 2;

    private readonly Dictionary<ulong, double> _weights = [];
    private readonly double _sum;

    private WrapperProfile(AccountState account, AnchorTable anchors)
    {
        Span<ulong> found = stackalloc ulong[HeavyAnchors.SlotsMax];
        Span<double> shares = stackalloc double[HeavyAnchors.SlotsMax];
        var count = account.Heavy.Collect(ShareMin, found, shares);
        for (var i = 0; i < count; i++)
        {
            var weight = shares[i] * Rarity.Of(Math.Max(UsersMin, anchors.MemberCount(found[i])));
            _weights[found[i]] = weight;
            _sum += weight;
        }
    }

    public IReadOnlyCollection<ulong> Passages => _weights.Keys;

    public static WrapperProfile Of(AccountState account, AnchorTable anchors) => new(account, anchors);

    /// <summary>Weighted Jaccard similarity (Ioffe, ICDM 2010), 0 to 1; 0 where either has no wrapper.</summary>
    public double Similarity(WrapperProfile other)
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
}
