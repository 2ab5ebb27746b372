using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Campaigns;

/// <summary>The accounts that share one anchor or identifier, and what they do with it. A candidate, not yet a finding.</summary>
internal sealed class AnchorGroup(ulong anchor, GroupKind kind)
{
    /// <summary>Past so many members the anchor is public property: no one is added, and the group is no longer judged.</summary>
    public const int MembersMax = 4096;

    private const long FirstEvaluation = 40;
    private const double EvaluationGrowth = 1.2;
    private readonly Dictionary<int, MemberStats> _members = [];

    public ulong Anchor { get; } = anchor;

    public GroupKind Kind { get; } = kind;

    public long Count { get; private set; }

    public bool Saturated { get; private set; }

    public long NextEvaluation { get; private set; } = FirstEvaluation;

    /// <summary>Campaign that this group founded or joined, or -1.</summary>
    public int Campaign { get; set; } = -1;

    public ContentSample Contents { get; } = new();

    /// <summary>Exchanges by hour of the day, UTC.</summary>
    public long[] Hours { get; } = new long[24];

    public IReadOnlyCollection<MemberStats> Members => _members.Values;

    public void Join(AccountState account)
    {
        if (_members.Count >= MembersMax)
        {
            Saturated = true;
            return;
        }

        if (_members.TryAdd(account.Index, new MemberStats { Account = account }))
        {
            // A new member is news: look again soon, whatever the count.
            NextEvaluation = Math.Min(NextEvaluation, Count + 4);
        }
    }

    /// <summary>Counts an exchange of a member that carries the anchor.</summary>
    /// <returns>Whether the group is due to be judged.</returns>
    public bool Observe(AccountState account, SketchedExchange exchange)
    {
        if (!_members.TryGetValue(account.Index, out var member))
        {
            return false;
        }

        member.Observe(exchange);
        Hours[exchange.AtMs / 3_600_000 % 24]++;
        Contents.Observe(exchange.Content.ContentId, account.Index);
        Count++;
        return Count >= NextEvaluation && !Saturated;
    }

    public void Evaluated() => NextEvaluation = Math.Max(Count + 8, (long)(Count * EvaluationGrowth));
}
