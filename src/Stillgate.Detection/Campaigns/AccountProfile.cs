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

    // In the order of the account's slots: at most forty, so that looking through them is quicker than hashing.
    private readonly ulong[] _anchors;
    private readonly double[] _weights;
    private readonly double _sum;

    private AccountProfile(AccountState account, AnchorTable anchors)
    {
        Span<ulong> found = stackalloc ulong[HeavyAnchors.SlotsMax];
        Span<double> shares = stackalloc double[HeavyAnchors.SlotsMax];
        var count = account.Heavy.Collect(ShareMin, found, shares);
        _anchors = found[..count].ToArray();
        _weights = shares[..count].ToArray();
        for (var i = 0; i < count; i++)
        {
            _weights[i] *= Rarity.Of(anchors.MemberCount(_anchors[i]));
            _sum += _weights[i];
        }
    }

    public static AccountProfile Of(AccountState account, AnchorTable anchors) => new(account, anchors);

    /// <summary>Weighted Jaccard similarity (Ioffe, ICDM 2010), 0 to 1.</summary>
    public double Similarity(AccountProfile other)
    {
        var (few, many) = _anchors.Length < other._anchors.Length ? (this, other) : (other, this);
        double common = 0;
        for (var i = 0; i < few._anchors.Length; i++)
        {
            var there = many._anchors.AsSpan().IndexOf(few._anchors[i]);
            common += there >= 0 ? Math.Min(few._weights[i], many._weights[there]) : 0;
        }

        var all = _sum + other._sum - common;
        return all > 0 ? common / all : 0;
    }
}
