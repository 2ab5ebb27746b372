using System.Runtime.InteropServices;
using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>Who uses which anchor again and again. A group is opened when the third account does; of an address block only the users are counted.</summary>
internal sealed class AnchorTable
{
    private const int GroupFrom = 3;

    // The only user, an array of two, or the group.
    private readonly AnchorMap _users = new();
    private readonly Dictionary<ulong, int> _blocks = [];
    private int _crowdedBlocks;

    /// <summary>Every group, in the order in which they were opened.</summary>
    public List<AnchorGroup> Groups { get; } = [];

    /// <summary>Sets of three accounts or more that share something: groups, and address blocks.</summary>
    public int SharedCount => Groups.Count + _crowdedBlocks;

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
                    Open(anchor, kind, two, account);
                }

                return;
        }
    }

    /// <summary>Notes that one more account connects from an address block.</summary>
    public void CountBlock(ulong block)
    {
        ref var users = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, block, out _);
        _crowdedBlocks += ++users == GroupFrom ? 1 : 0;
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

    private void Open(ulong anchor, GroupKind kind, AccountState[] two, AccountState third)
    {
        var group = new AnchorGroup(anchor, kind);
        foreach (var member in (AccountState[])[.. two, third])
        {
            group.Join(member);
        }

        System.Diagnostics.Debug.Assert(group.Members.Count == GroupFrom, "Three accounts open a group.");
        Groups.Add(group);
        _users.Set(anchor, group);
    }
}
