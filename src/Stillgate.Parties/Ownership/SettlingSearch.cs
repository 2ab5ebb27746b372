namespace Stillgate.Parties.Ownership;

/// <summary>
/// What to find out about an undetermined entity: each unknown near it is tried at both ends, and what that alone does to
/// the answer is noted. Works on the entity's own surroundings, nearest unknown first, up to a bound.
/// </summary>
internal sealed class SettlingSearch(LocalView view, OwnershipTest test, CascadePass upper)
{
    private const int UnknownCountMax = 64;

    private readonly OwnershipGraph _graph = view.Graph;

    public IReadOnlyList<SettlingFact> Find() =>
    [
        .. Enumerable.Range(0, _graph.NodeCount)
            .SelectMany(Unknowns)
            .Take(UnknownCountMax)
            .Select(unknown => unknown())
            .OrderByDescending(fact => (fact.CanClear ? 1 : 0) + (fact.CanRestrict ? 1 : 0)),
    ];

    // Nodes are numbered by their distance from the target, so this order is nearest first.
    private IEnumerable<Func<SettlingFact>> Unknowns(int node)
    {
        foreach (var edge in _graph.InEdges(node).Where(edge => upper.IsMember(_graph.OwnerOf(edge))))
        {
            if (_graph.LowerOf(edge) != _graph.UpperOf(edge))
            {
                yield return () => TryShare(edge);
            }
            else if (_graph.KindOf(edge) == EdgeKind.PossibleControl)
            {
                yield return () => TryControl(edge);
            }
        }

        if (view.Standings[node] == Standing.Undetermined)
        {
            yield return () => TryStanding(node);
        }

        if (test.Unreported == UnreportedOwners.MayBeSought && _graph.Node(node).IsOwnable && upper.IsMember(node)
            && view.Standings[node] == Standing.Clear && _graph.InEdges(node).Sum(edge => (long)_graph.UpperOf(edge)) < ShareRange.Whole)
        {
            yield return () => TryUnreported(node);
        }
    }

    private SettlingFact TryShare(int edge)
    {
        var (lower, upperBound) = (_graph.LowerOf(edge), _graph.UpperOf(edge));
        _graph.Resize(edge, lower, lower);
        var canClear = !IsMember(view.Standings, isUpper: true);
        _graph.Resize(edge, upperBound, upperBound);
        var canRestrict = IsMember(view.Standings, isUpper: false);
        _graph.Resize(edge, lower, upperBound);
        return new SettlingFact
        {
            Question = $"what share of {_graph.Node(_graph.OwnedOf(edge)).Name} {_graph.Node(_graph.OwnerOf(edge)).Name} holds (now {ShareRange.OfParts(lower, upperBound)})",
            CanClear = canClear,
            CanRestrict = canRestrict,
        };
    }

    private SettlingFact TryControl(int edge)
    {
        _graph.SetKind(edge, EdgeKind.Share);
        var canClear = !IsMember(view.Standings, isUpper: true);
        _graph.SetKind(edge, EdgeKind.Control);
        var canRestrict = IsMember(view.Standings, isUpper: false);
        _graph.SetKind(edge, EdgeKind.PossibleControl);
        return new SettlingFact
        {
            Question = $"whether {_graph.Node(_graph.OwnerOf(edge)).Name} controls {_graph.Node(_graph.OwnedOf(edge)).Name}",
            CanClear = canClear,
            CanRestrict = canRestrict,
        };
    }

    private SettlingFact TryStanding(int node)
    {
        var assumed = (Standing[])view.Standings.Clone();
        assumed[node] = Standing.Clear;
        var canClear = !IsMember(assumed, isUpper: true);
        assumed[node] = Standing.Restricted;
        var canRestrict = IsMember(assumed, isUpper: false);
        var name = _graph.Node(node).Name;
        return new SettlingFact
        {
            Question = _graph.Node(node) switch
            {
                { Party.Kind: PartyKind.Unknown } => $"who is {name}",
                { Listings.Count: > 0 } => $"whether {name} is the listed party that it was matched with",
                _ => $"where {name} has its headquarters",
            },
            CanClear = canClear,
            CanRestrict = canRestrict,
        };
    }

    private SettlingFact TryUnreported(int node)
    {
        var rest = ShareRange.Whole - (int)Math.Min(ShareRange.Whole, _graph.InEdges(node).Sum(edge => (long)_graph.LowerOf(edge)));
        var stated = new OwnershipGraph();
        var standings = view.Standings.ToList();
        CopyInto(stated);
        var other = stated.Add(new GraphNode("others:" + _graph.Node(node).Id, new PartyFact { Id = "others", Kind = PartyKind.Person, RecordedAt = default, Source = "assumed" }, []));
        standings.Add(Standing.Clear);
        stated.AddEdge(other, node, rest, rest);
        var canClear = !new CascadePass(stated, test, [.. standings], isUpper: true).IsMember(LocalView.Target);
        standings[^1] = Standing.Restricted;
        var canRestrict = new CascadePass(stated, test, [.. standings], isUpper: false).IsMember(LocalView.Target);
        return new SettlingFact
        {
            Question = rest == ShareRange.Whole
                ? $"who owns {_graph.Node(node).Name}"
                : $"who owns the other {ShareRange.Percent(rest)} % of {_graph.Node(node).Name}",
            CanClear = canClear,
            CanRestrict = canRestrict,
        };
    }

    private void CopyInto(OwnershipGraph copy)
    {
        for (var node = 0; node < _graph.NodeCount; node++)
        {
            copy.Add(_graph.Node(node));
        }

        for (var edge = 0; edge < _graph.EdgeCount; edge++)
        {
            copy.AddEdge(_graph.OwnerOf(edge), _graph.OwnedOf(edge), _graph.LowerOf(edge), _graph.UpperOf(edge), _graph.KindOf(edge));
        }
    }

    private bool IsMember(Standing[] standings, bool isUpper) => new CascadePass(_graph, test, standings, isUpper).IsMember(LocalView.Target);
}
