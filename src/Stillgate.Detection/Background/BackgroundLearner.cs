using System.Numerics;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Background;

/// <summary>
/// Learns which anchors are harness, framework and tutorial prompts, from how widely and how independently they are used. Looks at the past
/// alone; the same log gives the same anchors. What it learns is set aside from then on: it takes nobody out of a campaign, and an
/// anchor that a campaign was named for is never learnt.
/// </summary>
internal sealed class BackgroundLearner(IReadOnlySet<ulong> refused)
{
    /// <summary>Anchors watched at a time; past it, those with the fewest users make room. About a kilobyte each.</summary>
    public const int WatchedMax = 4_096;

    /// <summary>Anchors learnt at most; past it nothing more is learnt.</summary>
    public const int LearntMax = 65_536;

    // An account is offered at its 4th, 8th, 16th ... use: what is known of it grows in between.
    private const int UsesMin = 4;
    private const int OffersPerLook = 4;
    private static readonly int UsersMin = IndependenceRule.IndependentMin;

    private readonly Dictionary<ulong, AnchorUsers> _watched = [];
    private readonly Dictionary<ulong, LearntAnchor> _learnt = [];

    /// <summary>What was learnt, in the order in which it was.</summary>
    public IEnumerable<LearntAnchor> Learnt => _learnt.Values;

    public int WatchedCount => _watched.Count;

    public bool Contains(ulong anchor) => _learnt.ContainsKey(anchor);

    /// <summary>Notes a use.</summary>
    /// <param name="anchor">The anchor; accounts beyond the first two use it.</param>
    /// <param name="uses">How often the account has used it.</param>
    /// <param name="account">The account.</param>
    /// <param name="isNamed">Whether a campaign was named for the anchor.</param>
    /// <param name="clockMs">Now, in the log's time.</param>
    public void Observe(ulong anchor, int uses, AccountState account, bool isNamed, long clockMs)
    {
        if (uses < UsesMin || !BitOperations.IsPow2(uses) || isNamed || _learnt.Count >= LearntMax || refused.Contains(anchor))
        {
            return;
        }

        if (!_watched.TryGetValue(anchor, out var users))
        {
            MakeRoom();
            _watched[anchor] = users = new AnchorUsers(anchor);
        }

        users.Offer(account);
        if (users.SampleCount >= UsersMin && users.Offers % OffersPerLook == 0)
        {
            Look(users, clockMs);
        }
    }

    /// <summary>Writes what is watched and what was learnt.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_watched.Count);
        foreach (var users in _watched.Values)
        {
            users.Write(into);
        }

        into.Number((ulong)_learnt.Count);
        foreach (var learnt in _learnt.Values)
        {
            into.Word(learnt.Anchor);
            into.Signed(learnt.LearntAt.ToUnixTimeMilliseconds());
            into.Number((ulong)learnt.Tally.Users);
            into.Number((ulong)learnt.Tally.Independent);
            into.Double(learnt.Tally.SubjectShare);
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from, IReadOnlyList<AccountState> accounts)
    {
        for (var count = from.Count(WatchedMax); count > 0; count--)
        {
            var users = AnchorUsers.Read(ref from, accounts);
            _watched[users.Anchor] = users;
        }

        for (var count = from.Count(LearntMax); count > 0; count--)
        {
            var anchor = from.Word();
            var at = DateTimeOffset.FromUnixTimeMilliseconds(from.Signed());
            _learnt[anchor] = new LearntAnchor(anchor, at, new IndependenceTally(from.Count(int.MaxValue), from.Count(int.MaxValue), from.Double()));
        }
    }

    private void Look(AnchorUsers users, long clockMs)
    {
        var tally = IndependenceRule.Tally(users.Sample, clockMs);
        if (tally.IsBackground)
        {
            _learnt[users.Anchor] = new LearntAnchor(users.Anchor, DateTimeOffset.FromUnixTimeMilliseconds(clockMs), tally);
            _watched.Remove(users.Anchor);
        }
    }

    private void MakeRoom()
    {
        if (_watched.Count < WatchedMax)
        {
            return;
        }

        foreach (var least in _watched.Values.OrderBy(users => users.SampleCount).ThenBy(users => users.Offers).ThenBy(users => users.Anchor).Take(WatchedMax / 4).ToArray())
        {
            _watched.Remove(least.Anchor);
        }
    }
}
