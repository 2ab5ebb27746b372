using System.Runtime.InteropServices;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>Who uses which anchor again and again. A group is opened when the third account does, or when
/// both of two use it often; of an address block only the users are counted.</summary>
/// <param name="accounts">Every account, by index.</param>
internal sealed class AnchorTable(IReadOnlyList<AccountState> accounts)
{
    private const int CrowdedFrom = 3;

    private readonly MemberDesk _desk = new(accounts);

    // The only user, an array of two, or the group.
    private readonly AnchorMap _users = new();
    private readonly Dictionary<ulong, int> _blocks = [];
    private int _crowdedBlocks;
    private int _handGroup;
    private int _handMember;

    /// <summary>Every group, in the order in which they were opened.</summary>
    public List<AnchorGroup> Groups { get; } = [];

    /// <summary>Sets of accounts that share something: groups, and address blocks of three accounts or more.</summary>
    public int SharedCount => Groups.Count + _crowdedBlocks;

    /// <summary>
    /// Packs what a member whose account is at rest has done, one look an exchange, around all groups: a round takes as many looks as there are groups and members
    /// whose accounts were active. What is found does not depend on it.
    /// </summary>
    public void SendToRest()
    {
        if (Groups.Count > 0 && !Groups[_handGroup].RestNext(ref _handMember))
        {
            _handGroup = _handGroup + 1 < Groups.Count ? _handGroup + 1 : 0;
            _handMember = 0;
        }
    }

    /// <summary>Packs every member whose account is at rest.</summary>
    public void Rest()
    {
        foreach (var group in Groups)
        {
            for (var hand = 0; group.RestNext(ref hand);)
            {
            }
        }
    }

    /// <summary>Notes that an account uses an anchor again and again.</summary>
    public void Promote(ulong anchor, GroupKind kind, AccountState account)
    {
        switch (_users.Find(anchor))
        {
            case null:
                _users.Set(anchor, account);
                return;
            case AnchorGroup group:
                group.Join(account);
                return;
            case AccountState first:
                if (first != account)
                {
                    _users.Set(anchor, (AccountState[])[first, account]);
                }

                return;
            case AccountState[] two:
                if (!two.Contains(account))
                {
                    Open(anchor, kind, [.. two, account]);
                }

                return;
        }
    }

    /// <summary>Opens a group of two accounts that use an anchor, both often. Most pairs never do, and cost nothing.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="kind">What kind of anchor it is.</param>
    /// <param name="account">One that uses it often.</param>
    /// <param name="isOften">Whether the other does.</param>
    public void OpenPair(ulong anchor, GroupKind kind, AccountState account, Func<AccountState, bool> isOften)
    {
        if (_users.Find(anchor) is AccountState[] two && two.Contains(account) && isOften(two[0] == account ? two[1] : two[0]))
        {
            Open(anchor, kind, two);
        }
    }

    /// <summary>Notes that one more account connects from an address block.</summary>
    public void CountBlock(ulong block)
    {
        ref var users = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, block, out _);
        _crowdedBlocks += ++users == CrowdedFrom ? 1 : 0;
    }

    public AnchorGroup? Find(ulong anchor) => _users.Find(anchor) as AnchorGroup;

    /// <summary>Accounts that use an anchor again and again.</summary>
    public int MemberCount(ulong anchor) => _users.Find(anchor) switch
    {
        AnchorGroup group => group.AccountCount,
        AccountState[] => 2,
        AccountState => 1,
        _ => 0,
    };

    /// <summary>Accounts that connect from an address block.</summary>
    public int BlockUserCount(ulong block) => _blocks.GetValueOrDefault(block);

    /// <summary>Writes the groups, who uses what, and the address blocks.</summary>
    public void Write(SectionWriter into)
    {
        var numbers = new Dictionary<AnchorGroup, int>(Groups.Count);
        foreach (var group in Groups)
        {
            numbers[group] = numbers.Count;
            into.Content.Flag(true);
            group.Write(into.Content);
            into.EndIfLong(SectionKind.Groups);
        }

        into.Content.Flag(false);
        into.End(SectionKind.Groups);
        foreach (var (anchor, users) in _users.All())
        {
            into.Content.Word(anchor);
            WriteUsers(into.Content, users, numbers);
            into.EndIfLong(SectionKind.Anchors);
        }

        into.Content.Word(0);
        into.End(SectionKind.Anchors);
        into.Content.Number((ulong)_blocks.Count);
        foreach (var (block, users) in _blocks)
        {
            into.Content.Word(block);
            into.Content.Number((ulong)users);
        }

        into.End(SectionKind.Blocks);
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(SectionReader from)
    {
        while (ReadGroups(from))
        {
        }

        while (ReadUsers(from))
        {
        }

        var blocks = from.Open(SectionKind.Blocks);
        for (var count = blocks.Count(int.MaxValue); count > 0; count--)
        {
            var block = blocks.Word();
            var users = blocks.Count(int.MaxValue);
            _blocks[block] = users;
            _crowdedBlocks += users >= CrowdedFrom ? 1 : 0;
        }
    }

    // 0 and one account, 1 and two, 2 and a group.
    private static void WriteUsers(StateWriter into, object users, Dictionary<AnchorGroup, int> numbers)
    {
        switch (users)
        {
            case AccountState account:
                into.Number(0);
                into.Number((ulong)account.Index);
                return;
            case AccountState[] two:
                into.Number(1);
                into.Number((ulong)two[0].Index);
                into.Number((ulong)two[1].Index);
                return;
            default:
                into.Number(2);
                into.Number((ulong)numbers[(AnchorGroup)users]);
                return;
        }
    }

    private bool ReadGroups(SectionReader from)
    {
        var groups = from.Open(SectionKind.Groups);
        while (!groups.IsAtEnd)
        {
            if (!groups.Flag())
            {
                return false;
            }

            Groups.Add(AnchorGroup.Read(ref groups, accounts, _desk));
        }

        return true;
    }

    private bool ReadUsers(SectionReader from)
    {
        var users = from.Open(SectionKind.Anchors);
        while (!users.IsAtEnd)
        {
            var anchor = users.Word();
            if (anchor == 0)
            {
                return false;
            }

            _users.Set(anchor, users.Count(2) switch
            {
                0 => accounts[users.Count(accounts.Count - 1)],
                1 => (AccountState[])[accounts[users.Count(accounts.Count - 1)], accounts[users.Count(accounts.Count - 1)]],
                _ => Groups[users.Count(Groups.Count - 1)],
            });
        }

        return true;
    }

    private void Open(ulong anchor, GroupKind kind, ReadOnlySpan<AccountState> members)
    {
        var group = new AnchorGroup(anchor, kind, _desk);
        foreach (var member in members)
        {
            group.Join(member);
        }

        Groups.Add(group);
        _users.Set(anchor, group);
    }
}
