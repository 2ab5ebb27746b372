namespace Stillgate.Parties.Ownership;

/// <summary>
/// Climbs from a company to its ultimate parents. A parent holds more than half of the capital or the votes, or has control. A holding that may be more than half, control
/// that may be, and a block held jointly, are possible parents: they are followed too, and what is reached through one is not certain.
/// </summary>
internal sealed class ParentSearch
{
    /// <summary>No chain on record comes near it; it bounds what a graph made to be climbed can cost.</summary>
    public const int VisitedMax = 2_000;

    private const int Half = ShareRange.Whole / 2;

    private readonly OwnershipGraph _graph;

    // The step by which each party was first reached, and whether there is a way to it of certain steps alone.
    private readonly Dictionary<int, (int Edge, bool IsCertain)> _reached = [];

    public ParentSearch(OwnershipGraph graph, int target)
    {
        _graph = graph;

        // Certain steps first, so that a party that can be reached with certainty is.
        Climb([target], certainOnly: true);
        Climb([.. _reached.Keys], certainOnly: false);
    }

    /// <summary>False where the bound cut the search off.</summary>
    public bool IsWhole { get; private set; } = true;

    public IReadOnlyList<UltimateParent> Find() =>
    [
        .. _reached.Keys.Where(IsTop).Select(Describe).OrderByDescending(parent => parent.IsCertain).ThenBy(parent => parent.Id, StringComparer.Ordinal),
    ];

    private void Climb(IEnumerable<int> from, bool certainOnly)
    {
        var queue = new Queue<int>(from);
        foreach (var node in queue)
        {
            _reached.TryAdd(node, (-1, true));
        }

        while (queue.TryDequeue(out var node))
        {
            foreach (var (edge, isCertain) in Parents(node))
            {
                if ((!certainOnly || isCertain) && !_reached.ContainsKey(_graph.OwnerOf(edge)))
                {
                    if (_reached.Count == VisitedMax)
                    {
                        IsWhole = false;
                        return;
                    }

                    _reached.Add(_graph.OwnerOf(edge), (edge, isCertain && _reached[node].IsCertain));
                    queue.Enqueue(_graph.OwnerOf(edge));
                }
            }
        }
    }

    private IEnumerable<(int Edge, bool IsCertain)> Parents(int node)
    {
        foreach (var edge in _graph.InEdges(node))
        {
            var isPossible = _graph.KindOf(edge) != EdgeKind.Share || _graph.UpperOf(edge) > Half;
            if (isPossible && _graph.OwnerOf(edge) != node)
            {
                yield return (edge, _graph.KindOf(edge) == EdgeKind.Control || (_graph.KindOf(edge) == EdgeKind.Share && _graph.LowerOf(edge) > Half));
            }
        }
    }

    // A top has no parent but such as it is itself a parent of, by however many steps.
    private bool IsTop(int node) => !_graph.Node(node).IsJoint && Above(node).All(above => Above(above).Contains(node));

    private HashSet<int> Above(int node)
    {
        var above = new HashSet<int>();
        var queue = new Queue<int>([node]);
        while (above.Count < VisitedMax && queue.TryDequeue(out var below))
        {
            foreach (var (edge, _) in Parents(below))
            {
                if (above.Add(_graph.OwnerOf(edge)))
                {
                    queue.Enqueue(_graph.OwnerOf(edge));
                }
            }
        }

        return above;
    }

    private UltimateParent Describe(int node)
    {
        var isCircular = Above(node).Contains(node);
        var chain = new List<ProofHolding>();
        for (var at = node; _reached[at].Edge >= 0; at = _graph.OwnedOf(_reached[at].Edge))
        {
            chain.Add(Holding(_reached[at].Edge));
        }

        chain.Reverse();
        return new UltimateParent
        {
            Id = _graph.Node(node).Id,
            Name = _graph.Node(node).Name,
            Headquarters = _graph.Node(node).Party?.Headquarters,
            IsCertain = _reached[node].IsCertain && IsWhole && !isCircular && _graph.Node(node).Party?.Kind != PartyKind.Unknown,
            IsCircular = isCircular,
            Chain = chain,
        };
    }

    private ProofHolding Holding(int edge)
    {
        var (owner, owned) = (_graph.Node(_graph.OwnerOf(edge)), _graph.Node(_graph.OwnedOf(edge)));
        return new ProofHolding
        {
            Owner = owner.Id,
            OwnerName = owner.Name,
            Owned = owned.Id,
            OwnedName = owned.Name,
            Share = AnswerWriter.ShareText(_graph, edge),
            Sought = null,
            Evidence = _graph.Evidence.GetValueOrDefault(edge, []),
        };
    }
}
