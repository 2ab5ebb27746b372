using System.Runtime.CompilerServices;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>The accounts that share one anchor or identifier, and what they do with it. A candidate, not yet a finding.</summary>
internal sealed class AnchorGroup(ulong anchor, GroupKind kind, MemberDesk desk)
{
    /// <summary>
    /// So many members are measured. Those that come later only wait: a group that is found innocent at this size is public property and is
    /// let go, and one that is named takes them in. Rings of 25,000 accounts on one prompt are on record.
    /// </summary>
    public const int MembersMax = 4096;

    private const int WaitingMax = 1 << 17;

    private const long FirstEvaluation = 40;
    private const double EvaluationGrowth = 1.2;

    // A new member is looked at after so many exchanges of the group; in a large group after a share of its members, so that the cost of a
    // look, which grows with the members, is spread over as many exchanges. Rings up to this size are judged as they always were.
    private const int EvaluationSoon = 4;
    private const int SmallMembersMax = 256;
    private const int LargeShareDivisor = 4;
    private readonly MemberTable _members = new(desk);
    private HourCounters _hours;

    // Most groups are never named and have nobody waiting.
    private List<AccountState>? _named;
    private HashSet<int>? _namedIndices;
    private List<AccountState>? _waiting;

    // Members of a group that was let go.
    private int _released;

    public ulong Anchor { get; } = anchor;

    public GroupKind Kind { get; } = kind;

    public long Count { get; private set; }

    public bool Saturated { get; private set; }

    public long NextEvaluation { get; private set; } = FirstEvaluation;

    /// <summary>What was found when it was named, or null.</summary>
    public GroupFinding? Finding { get; private set; }

    /// <summary>Members named with it, in the order in which they were.</summary>
    public IReadOnlyList<AccountState> Named => _named ?? [];

    /// <summary>Those of <see cref="Named"/> that a campaign may hold: a declared reseller's traffic is its customers'.</summary>
    public IEnumerable<AccountState> NamedForCampaigns => Named.Where(account => !account.Registration.Reseller);

    public ContentSample Contents { get; } = new();

    /// <summary>How its members follow each other.</summary>
    public GroupTimes Times { get; } = new();

    /// <summary>Exchanges by hour of the day, UTC.</summary>
    public ReadOnlySpan<uint> Hours => _hours;

    /// <summary>Its members in the order in which they joined, to be read until another group's are.</summary>
    public IReadOnlyList<MemberStats> Members => _members.Read();

    public int MemberCount => _members.Count;

    /// <summary>Accounts that use the anchor again and again, measured or waiting.</summary>
    public int AccountCount => _members.Count + _released + (_waiting?.Count ?? 0);

    public void Join(AccountState account)
    {
        if (Saturated)
        {
            return;
        }

        if (_members.Count >= MembersMax && Finding is null)
        {
            if ((_waiting ??= []).Count < WaitingMax)
            {
                _waiting.Add(account);
            }

            return;
        }

        if (_members.TryAdd(account))
        {
            // A new member is news: look again soon, whatever the count.
            NextEvaluation = Math.Min(NextEvaluation, Count + (_members.Count <= SmallMembersMax ? EvaluationSoon : _members.Count / LargeShareDivisor));
        }
    }

    /// <summary>Found innocent at full size: public property. It is never looked at again, and what was counted of it goes; how many share it stays.</summary>
    public void LetGo()
    {
        Saturated = true;
        _waiting = null;
        _released = _members.Count;
        _members.Clear();
        Contents.Clear();
    }

    /// <summary>
    /// Whether enough members have done enough, without unpacking any of them: most groups that are looked at are of light accounts, and fail here.
    /// </summary>
    /// <param name="membersMin">So many members count at least, and half of those that are no resellers.</param>
    /// <param name="exchangesMin">One counts that has made so many exchanges within the group.</param>
    /// <param name="medianMin">The median of those that count has made so many.</param>
    public bool HasDoneEnough(int membersMin, int exchangesMin, int medianMin)
    {
        int all = 0, counted = 0, under = 0;
        for (var place = 0; place < _members.Count; place++)
        {
            if (!_members.Account(place).Registration.Reseller)
            {
                var exchanges = _members.Exchanges(place);
                all++;
                counted += exchanges >= exchangesMin ? 1 : 0;
                under += exchanges >= exchangesMin && exchanges < medianMin ? 1 : 0;
            }
        }

        return counted >= membersMin && counted * 2 >= all && under <= counted / 2;
    }

    /// <summary>Packs one member whose account is at rest.</summary>
    /// <param name="hand">Number of the member to look at; moved on.</param>
    /// <returns>False where the hand has been around.</returns>
    public bool RestNext(ref int hand) => _members.RestNext(ref hand);

    /// <summary>Counts an exchange of a member that carries the anchor.</summary>
    /// <returns>Whether the group is due to be judged.</returns>
    public bool Observe(AccountState account, SketchedExchange exchange, LaunchUse use)
    {
        if (_members.Activate(account) is not { } member)
        {
            return false;
        }

        member.Observe(exchange);
        Times.Observe(account.Index, use);
        _hours[(int)(exchange.AtMs / 3_600_000 % 24)]++;
        Contents.Observe(exchange.Content.ContentId, account.Index);
        Count++;
        return Count >= NextEvaluation && !Saturated;
    }

    /// <summary>Keeps the finding that is the rarest among control communities.</summary>
    public void Name(GroupFinding finding)
    {
        if (Finding is not null && finding.PValue >= Finding.PValue)
        {
            return;
        }

        Finding = finding;
        var waiting = _waiting ?? [];
        _waiting = null;
        foreach (var account in waiting)
        {
            Join(account);
        }
    }

    public bool IsNamed(AccountState account) => _namedIndices?.Contains(account.Index) ?? false;

    /// <returns>False where it was named with the group before.</returns>
    public bool AddNamed(AccountState account)
    {
        if (!(_namedIndices ??= []).Add(account.Index))
        {
            return false;
        }

        (_named ??= []).Add(account);
        return true;
    }

    /// <summary>Writes the group; accounts by index.</summary>
    public void Write(StateWriter into)
    {
        into.Word(Anchor);
        into.Number((ulong)Kind);
        into.Number((ulong)Count);
        into.Flag(Saturated);
        into.Number((ulong)NextEvaluation);
        into.Flag(Finding is not null);
        Finding?.Write(into);
        into.Number((ulong)_released);
        _members.Write(into);
        WriteIndices(into, _named);
        WriteIndices(into, _waiting);
        foreach (var hour in Hours)
        {
            into.Number(hour);
        }

        Contents.Write(into);
        Times.Write(into);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Members keep their order: sums of fractions depend on it.</summary>
    public static AnchorGroup Read(ref StateReader from, IReadOnlyList<AccountState> accounts, MemberDesk desk)
    {
        var group = new AnchorGroup(from.Word(), (GroupKind)from.Count((int)GroupKind.EmailDomain), desk)
        {
            Count = (long)from.Number(),
            Saturated = from.Flag(),
            NextEvaluation = (long)from.Number(),
            Finding = from.Flag() ? GroupFinding.Read(ref from) : null,
        };
        group._released = from.Count(accounts.Count);
        group._members.Read(ref from, accounts.Count);
        group._named = ReadIndices(ref from, accounts);
        group._namedIndices = group._named is null ? null : [.. group._named.Select(account => account.Index)];
        group._waiting = ReadIndices(ref from, accounts);
        foreach (ref var hour in (Span<uint>)group._hours)
        {
            hour = (uint)from.Number();
        }

        group.Contents.Read(ref from);
        group.Times.Read(ref from);
        return group;
    }

    private static void WriteIndices(StateWriter into, List<AccountState>? accounts)
    {
        into.Number((ulong)(accounts?.Count ?? 0));
        foreach (var account in accounts ?? [])
        {
            into.Number((ulong)account.Index);
        }
    }

    // An account may wait more than once: it is the join that tells.
    private static List<AccountState>? ReadIndices(ref StateReader from, IReadOnlyList<AccountState> accounts)
    {
        var count = from.Count(WaitingMax + accounts.Count);
        var read = count == 0 ? null : new List<AccountState>();
        for (; count > 0; count--)
        {
            read!.Add(accounts[from.Count(accounts.Count - 1)]);
        }

        return read;
    }

    public void Evaluated() => NextEvaluation = Math.Max(Count + 8, (long)(Count * EvaluationGrowth));

    [InlineArray(24)]
    private struct HourCounters
    {
        private uint _first;
    }
}
