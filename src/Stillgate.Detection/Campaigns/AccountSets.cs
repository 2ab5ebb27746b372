using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>Accounts sorted into disjoint sets, and the links that joined them: a spanning set, each with its reason.</summary>
internal sealed class AccountSets
{
    private readonly Dictionary<int, int> _parents = [];
    private readonly List<MapLink> _links = [];

    public IReadOnlyList<MapLink> Links => _links;

    /// <summary>Joins the sets of two accounts, where they are two.</summary>
    public void Union(AccountState a, AccountState b, GroupKind kind, double similarity)
    {
        int rootA = Root(a.Index), rootB = Root(b.Index);
        if (rootA != rootB)
        {
            // The lower index stays the root, so that the sets do not depend on the order of their joins.
            _parents[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
            _links.Add(new MapLink(a, b, kind, similarity));
        }
    }

    public int Root(int index)
    {
        var root = index;
        while (_parents.TryGetValue(root, out var parent))
        {
            root = parent;
        }

        while (index != root)
        {
            (_parents[index], index) = (root, _parents[index]);
        }

        return root;
    }
}
