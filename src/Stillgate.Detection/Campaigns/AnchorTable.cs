using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>Who uses which anchor again and again. A group is opened when the third account does.</summary>
internal sealed class AnchorTable
{
    private const int GroupFrom = 3;
    private readonly Dictionary<ulong, Entry> _entries = [];

    /// <summary>Every group, in the order in which they were opened.</summary>
    public List<AnchorGroup> Groups { get; } = [];

    /// <summary>Notes that an account uses an anchor again and again.</summary>
    public void Promote(ulong anchor, GroupKind kind, AccountState account)
    {
        if (!_entries.TryGetValue(anchor, out var entry))
        {
            _entries[anchor] = new Entry { First = account };
            return;
        }

        if (entry.Group is { } group)
        {
            group.Join(account);
            return;
        }

        if (entry.First == account || entry.Second == account)
        {
            return;
        }

        if (entry.Second is null)
        {
            _entries[anchor] = entry with { Second = account };
            return;
        }

        group = new AnchorGroup(anchor, kind);
        foreach (var member in (AccountState[])[entry.First, entry.Second, account])
        {
            group.Join(member);
        }

        System.Diagnostics.Debug.Assert(group.Members.Count == GroupFrom, "Three accounts open a group.");
        Groups.Add(group);
        _entries[anchor] = entry with { Group = group };
    }

    public AnchorGroup? Find(ulong anchor) => _entries.TryGetValue(anchor, out var entry) ? entry.Group : null;

    /// <summary>Accounts that use an anchor again and again.</summary>
    public int MemberCount(ulong anchor) =>
        _entries.TryGetValue(anchor, out var entry) ? entry.Group?.AccountCount ?? (entry.Second is null ? 1 : 2) : 0;

    private readonly record struct Entry
    {
        public AccountState First { get; init; }

        public AccountState? Second { get; init; }

        public AnchorGroup? Group { get; init; }
    }
}
