namespace Stillgate.Parties.Ownership;

/// <summary>
/// Finds the smallest set of holdings which by their least shares alone make an entity restricted. The smallest is hard to
/// find in general, so the search is bounded; a result that was not shown to be the smallest is still irreducible: without
/// any one of its holdings it proves nothing.
/// </summary>
internal sealed class ProofSearch(LocalView view, OwnershipTest test, CascadePass pass)
{
    private const int StepCountMax = 50_000;

    private readonly OwnershipGraph _graph = view.Graph;
    private int _stepsLeft = StepCountMax;

    public (IReadOnlyList<int> Edges, bool IsSmallest) Find(int target)
    {
        var found = Reduced(Greedy(target), target);
        for (var size = 0; size < found.Count; size++)
        {
            var smaller = Extend([target], [], [], size, target);
            if (smaller is not null)
            {
                return (smaller, true);
            }

            if (_stepsLeft <= 0)
            {
                return (found, false);
            }
        }

        return (found, true);
    }

    /// <summary>Whether these holdings alone make the target restricted.</summary>
    public bool Proves(IReadOnlyCollection<int> edges, int target)
    {
        var members = new HashSet<int>(edges.Select(_graph.OwnerOf).Append(target).Where(pass.IsSeed));
        var hasGrown = true;
        while (hasGrown && !members.Contains(target))
        {
            hasGrown = false;
            foreach (var into in edges.GroupBy(_graph.OwnedOf))
            {
                hasGrown |= !members.Contains(into.Key)
                    && IsEnough(into.Key, into.Where(edge => members.Contains(_graph.OwnerOf(edge))))
                    && members.Add(into.Key);
            }
        }

        return members.Contains(target);
    }

    // From the target back, each entity by its greatest holders that came in before it.
    private List<int> Greedy(int target)
    {
        var edges = new List<int>();
        var open = new Queue<int>([target]);
        var seen = new HashSet<int> { target };
        while (open.TryDequeue(out var node))
        {
            if (pass.IsSeed(node))
            {
                continue;
            }

            var chosen = new List<int>();
            foreach (var edge in Candidates(node).Where(edge => pass.RankOf(_graph.OwnerOf(edge)) < pass.RankOf(node)))
            {
                if (IsEnough(node, chosen))
                {
                    break;
                }

                chosen.Add(edge);
            }

            edges.AddRange(chosen);
            foreach (var owner in chosen.Select(_graph.OwnerOf).Where(seen.Add))
            {
                open.Enqueue(owner);
            }
        }

        return edges;
    }

    private List<int> Reduced(List<int> edges, int target)
    {
        foreach (var edge in edges.ToArray())
        {
            var without = edges.Where(kept => kept != edge).ToList();
            if (Proves(without, target))
            {
                edges = without;
            }
        }

        return edges;
    }

    private IEnumerable<int> Candidates(int node) => _graph.InEdges(node)
        .Where(edge => pass.IsMember(_graph.OwnerOf(edge)) && _graph.KindOf(edge) != EdgeKind.PossibleControl)
        .OrderByDescending(edge => _graph.KindOf(edge) == EdgeKind.Share ? _graph.LowerOf(edge) : int.MaxValue);

    private bool IsEnough(int node, IEnumerable<int> edges)
    {
        var support = default(Support);
        foreach (var edge in edges)
        {
            support.Count(_graph, edge, sign: 1);
        }

        return _graph.Node(node).IsJoint
            ? support.Members == _graph.InEdges(node).Count()
            : support.Controls > 0 || test.IsMetBy(support.Lower);
    }

    /// <summary>Proofs of at most <paramref name="size"/> further holdings for the open entities, depth first; null where there is none.</summary>
    private List<int>? Extend(List<int> open, List<int> chosen, HashSet<int> done, int size, int target)
    {
        if (--_stepsLeft <= 0)
        {
            return null;
        }

        open = [.. open.Where(node => !pass.IsSeed(node) && !done.Contains(node))];
        if (open.Count == 0)
        {
            return Proves(chosen, target) ? chosen : null;
        }

        var node = open[0];
        foreach (var choice in Choices(node, [.. Candidates(node)], 0, [], size))
        {
            var deeper = Extend(
                [.. open.Skip(1), .. choice.Select(_graph.OwnerOf)], [.. chosen, .. choice], [.. done, node], size - choice.Count, target);
            if (deeper is not null || _stepsLeft <= 0)
            {
                return deeper;
            }
        }

        return null;
    }

    private IEnumerable<List<int>> Choices(int node, int[] candidates, int from, List<int> chosen, int size)
    {
        if (IsEnough(node, chosen))
        {
            yield return [.. chosen];
            yield break;
        }

        if (chosen.Count == size || --_stepsLeft <= 0)
        {
            yield break;
        }

        for (var i = from; i < candidates.Length; i++)
        {
            foreach (var choice in Choices(node, candidates, i + 1, [.. chosen, candidates[i]], size))
            {
                yield return choice;
            }
        }
    }
}
