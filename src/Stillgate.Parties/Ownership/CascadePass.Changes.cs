namespace Stillgate.Parties.Ownership;

internal sealed partial class CascadePass
{
    // Kept from change to change, so that a change allocates nothing and waits for no collection.
    private readonly List<int> _retracted = [];
    private readonly Stack<int> _doubtful = new();

    /// <summary>Takes note that a holding changed from the given bounds to those that the graph now has.</summary>
    public void Resized(int edge, int lowerBefore, int upperBefore)
    {
        LastChangeCount = 0;
        var owned = _graph.OwnedOf(edge);
        if (_graph.KindOf(edge) == EdgeKind.Share)
        {
            ref var support = ref _support[owned];
            support.TotalLower += _graph.LowerOf(edge) - lowerBefore;
            if (IsCounted(edge))
            {
                support.Lower += _graph.LowerOf(edge) - lowerBefore;
                support.Upper += _graph.UpperOf(edge) - upperBefore;
            }
        }

        Review(owned);
    }

    /// <summary>Takes note of a holding that the graph did not have when this pass last looked.</summary>
    public void Added(int edge)
    {
        LastChangeCount = 0;
        var owned = _graph.OwnedOf(edge);
        ref var support = ref _support[owned];
        support.TotalLower += _graph.KindOf(edge) == EdgeKind.Share ? _graph.LowerOf(edge) : 0;
        support.MemberCount += _graph.KindOf(edge) == EdgeKind.Member ? 1 : 0;
        if (IsCounted(edge))
        {
            support.Count(_graph, edge, sign: 1);
        }

        Review(owned);
    }

    // An owner's share is counted from the moment its entry was spread, which between changes is every member's.
    private bool IsCounted(int edge) => _rank[_graph.OwnerOf(edge)] > 0;

    private void Review(int node)
    {
        _retracted.Clear();
        _doubtful.Push(node);
        while (_doubtful.TryPop(out var candidate))
        {
            if (_rank[candidate] == 0 || IsSeed(candidate) || Fires(candidate, SupportBelow(candidate, _rank[candidate])))
            {
                continue;
            }

            var rank = _rank[candidate];
            _rank[candidate] = 0;
            _retracted.Add(candidate);
            for (var edge = _graph.FirstOut(candidate); edge >= 0; edge = _graph.NextOut(edge))
            {
                var owned = _graph.OwnedOf(edge);
                _support[owned].Count(_graph, edge, sign: -1);
                if (_rank[owned] > rank)
                {
                    _doubtful.Push(owned);
                }
            }
        }

        LastChangeCount += _retracted.Count;
        Consider(node);
        foreach (var candidate in _retracted)
        {
            Consider(candidate);
        }

        Drain();
    }

    /// <summary>The support of a node by members of a lower rank alone.</summary>
    private Support SupportBelow(int node, int rank)
    {
        var support = new Support { TotalLower = _support[node].TotalLower, MemberCount = _support[node].MemberCount };
        for (var edge = _graph.FirstIn(node); edge >= 0; edge = _graph.NextIn(edge))
        {
            var owner = _rank[_graph.OwnerOf(edge)];
            if (owner > 0 && owner < rank)
            {
                support.Count(_graph, edge, sign: 1);
            }
        }

        return support;
    }
}
