namespace Stillgate.Parties.Ownership;

/// <summary>Puts an answer into holdings and words: the proof where there is one, otherwise what would settle the matter.</summary>
internal sealed class AnswerWriter
{
    private readonly LocalView _view;
    private readonly OwnershipTest _test;
    private readonly CascadePass _lower;
    private readonly CascadePass _upper;

    public AnswerWriter(LocalView view, OwnershipTest test)
    {
        _view = view;
        _test = test;
        _lower = new CascadePass(view.Graph, test, view.Standings, isUpper: false);
        _upper = new CascadePass(view.Graph, test, view.Standings, isUpper: true);
    }

    private OwnershipGraph Graph => _view.Graph;

    private string Name => Graph.Node(LocalView.Target).Name;

    /// <summary>How much a holding is, in words.</summary>
    public static string ShareText(OwnershipGraph graph, int edge) => graph.KindOf(edge) switch
    {
        EdgeKind.Share => ShareRange.OfParts(graph.LowerOf(edge), graph.UpperOf(edge)).ToString(),
        EdgeKind.Control => "control",
        EdgeKind.PossibleControl => "possible control",
        _ => "a part",
    };

    public OwnershipAnswer Write(Standing standing)
    {
        var answer = new OwnershipAnswer
        {
            Test = _test.Id,
            Entity = Graph.Node(LocalView.Target).Id,
            Standing = standing,
            Reason = string.Empty,
            ListVersions = [.. Enumerable.Range(0, Graph.NodeCount).SelectMany(node => Graph.Node(node).Listings)
                .Where(listing => _test.Lists.Contains(listing.List))
                .Select(listing => listing.List + " " + listing.ListVersion).Distinct().Order(StringComparer.Ordinal)],
        };
        return standing switch
        {
            Standing.Restricted => Restricted(answer),
            Standing.Undetermined => Undetermined(answer),
            _ => Clear(answer),
        };
    }

    private OwnershipAnswer Restricted(OwnershipAnswer answer)
    {
        if (_lower.IsSeed(LocalView.Target))
        {
            return answer with { Reason = $"{Name} {SoughtBecause(LocalView.Target)}.", IsSmallest = true };
        }

        // Where the view was cut off, the target may not come out restricted within it; the answer stands, its proof is then not shown.
        if (!_lower.IsMember(LocalView.Target))
        {
            return answer with { Reason = $"{Name} is restricted through more than {LocalView.EdgeCountMax} holdings; too many to show." };
        }

        var (edges, isSmallest) = new ProofSearch(_view, _test, _lower).Find(LocalView.Target);
        var direct = edges.Where(edge => Graph.OwnedOf(edge) == LocalView.Target && Graph.KindOf(edge) == EdgeKind.Share).Sum(edge => (long)Graph.LowerOf(edge));
        var how = direct > 0 ? $"at least {ShareRange.Percent(direct)} % of {Name} is held by" : $"{Name} is controlled by";
        return answer with
        {
            Reason = $"{how} parties that the test counts; the threshold is {Threshold()}.",
            Holdings = [.. edges.Select(Holding)],
            IsSmallest = isSmallest,
        };
    }

    private OwnershipAnswer Undetermined(OwnershipAnswer answer)
    {
        var counted = CountedHoldings().ToArray();
        var least = counted.Where(edge => _lower.IsMember(Graph.OwnerOf(edge))).Sum(edge => (long)Graph.LowerOf(edge));
        return answer with
        {
            Reason = $"Parties that the test counts hold at least {ShareRange.Percent(least)} % of {Name} and may hold enough; the threshold is {Threshold()}.",
            Holdings = [.. counted.Select(Holding)],
            Settling = _view.IsWhole ? new SettlingSearch(_view, _test, _upper).Find() : [],
        };
    }

    private OwnershipAnswer Clear(OwnershipAnswer answer)
    {
        var counted = CountedHoldings().ToArray();
        var most = counted.Where(edge => Graph.KindOf(edge) == EdgeKind.Share).Sum(edge => (long)Graph.UpperOf(edge));
        return answer with
        {
            Reason = counted.Length == 0
                ? $"No party that the test counts, or might count, holds any of {Name}."
                : $"Parties that the test counts, or might count, hold at most {ShareRange.Percent(Math.Min(most, ShareRange.Whole))} % of {Name}; the threshold is {Threshold()}.",
            Holdings = [.. counted.Select(Holding)],
            IsSmallest = true,
        };
    }

    private IEnumerable<int> CountedHoldings() => Graph.InEdges(LocalView.Target).Where(edge => _upper.IsMember(Graph.OwnerOf(edge)));

    private string Threshold() => (_test.IsExclusive ? "more than " : "at least ") + ShareRange.Percent(_test.Threshold) + " %"
        + (_test.CountsControl ? ", or control" : string.Empty);

    private ProofHolding Holding(int edge)
    {
        var (owner, owned) = (Graph.OwnerOf(edge), Graph.OwnedOf(edge));
        return new ProofHolding
        {
            Owner = Graph.Node(owner).Id,
            OwnerName = Graph.Node(owner).Name,
            Owned = Graph.Node(owned).Id,
            OwnedName = Graph.Node(owned).Name,
            Share = ShareText(Graph, edge),
            Sought = _view.Standings[owner] == Standing.Clear ? null : SoughtBecause(owner),
            Evidence = Graph.Evidence.GetValueOrDefault(edge, []),
        };
    }

    private string SoughtBecause(int node)
    {
        var listings = Graph.Node(node).Listings.Where(listing => _test.Lists.Contains(listing.List)).ToArray();
        return listings.Length > 0
            ? string.Join(" and ", listings.Select(listing => $"is {(listing.IsConfirmed ? string.Empty : "perhaps ")}on {listing.List} {listing.ListVersion}"))
            : Graph.Node(node).Party switch
            {
                { Kind: PartyKind.Unknown } => "is not known",
                { Headquarters: { } country } => $"has its headquarters in {country}",
                _ => "has its headquarters nobody said where",
            };
    }
}
