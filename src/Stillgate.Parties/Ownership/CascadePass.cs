namespace Stillgate.Parties.Ownership;

/// <summary>
/// The least fixpoint of one test over one graph: with the least shares (<c>isUpper</c> false), whose members are
/// restricted in every reading, or with the greatest (true), outside of which everyone is clear. Time and memory linear in
/// the graph. After a change of one holding only what hangs on it is worked out again.
/// </summary>
/// <remarks>
/// A member's rank is its place in the order of entry; it was let in by members of lower rank alone. So a member that still
/// has enough support from lower ranks needs no second look, and a closed loop of members cannot hold itself up.
/// </remarks>
internal sealed partial class CascadePass
{
    private readonly OwnershipGraph _graph;
    private readonly OwnershipTest _test;
    private readonly bool _isUpper;
    private readonly Standing[] _standing;
    private readonly Support[] _support;
    private readonly int[] _rank;
    private readonly Stack<int> _pending = new();
    private int _lastRank;

    public CascadePass(OwnershipGraph graph, OwnershipTest test, Standing[] standing, bool isUpper)
    {
        _graph = graph;
        _test = test;
        _standing = standing;
        _isUpper = isUpper;
        _support = new Support[graph.NodeCount];
        _rank = new int[graph.NodeCount];
        Run();
    }

    /// <summary>The nodes that came in or went out in the last change.</summary>
    public int LastChangeCount { get; private set; }

    public static Standing[] StandingsOf(OwnershipGraph graph, OwnershipTest test)
    {
        var standings = new Standing[graph.NodeCount];
        for (var node = 0; node < standings.Length; node++)
        {
            var (party, listings) = (graph.Node(node).Party, graph.Node(node).Listings);
            standings[node] = graph.Node(node).IsJoint ? Standing.Clear : test.StandingOf(party, listings);
        }

        return standings;
    }

    public bool IsMember(int node) => _rank[node] > 0;

    public int RankOf(int node) => _rank[node];

    public bool IsSeed(int node) => _standing[node] == Standing.Restricted || (_isUpper && _standing[node] == Standing.Undetermined);

    private void Run()
    {
        for (var edge = 0; edge < _graph.EdgeCount; edge++)
        {
            ref var support = ref _support[_graph.OwnedOf(edge)];
            support.TotalLower += _graph.KindOf(edge) == EdgeKind.Share ? _graph.LowerOf(edge) : 0;
            support.MemberCount += _graph.KindOf(edge) == EdgeKind.Member ? 1 : 0;
        }

        for (var node = 0; node < _graph.NodeCount; node++)
        {
            Consider(node);
        }

        Drain();
    }

    private void Consider(int node)
    {
        if (_rank[node] == 0 && (IsSeed(node) || Fires(node, _support[node])))
        {
            _rank[node] = ++_lastRank;
            _pending.Push(node);
            LastChangeCount++;
        }
    }

    private void Drain()
    {
        while (_pending.TryPop(out var member))
        {
            for (var edge = _graph.FirstOut(member); edge >= 0; edge = _graph.NextOut(edge))
            {
                var owned = _graph.OwnedOf(edge);
                _support[owned].Count(_graph, edge, sign: 1);
                Consider(owned);
            }
        }
    }

    private bool Fires(int node, in Support support)
    {
        if (_graph.Node(node).IsJoint)
        {
            return _isUpper ? support.Members > 0 : support.MemberCount > 0 && support.Members == support.MemberCount;
        }

        if (support.Controls > 0 || (_isUpper && support.PossibleControls > 0))
        {
            return true;
        }

        return _test.IsMetBy(_isUpper ? GreatestShare(node, support) : support.Lower);
    }

    /// <summary>The most that sought parties can hold: what others hold for certain is not theirs.</summary>
    private long GreatestShare(int node, in Support support)
    {
        var leftByOthers = ShareRange.Whole - (support.TotalLower - support.Lower);
        if (_test.Unreported == UnreportedOwners.MayBeSought && _graph.Node(node).IsOwnable)
        {
            return leftByOthers;
        }

        // Statements that sum to more than the whole contradict each other; what is stated at least still counts.
        return Math.Min(support.Upper, Math.Max(leftByOthers, support.Lower));
    }
}
