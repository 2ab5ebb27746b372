namespace Stillgate.Parties.Ownership;

/// <summary>Everything that can bear on one entity: it and all that hold it, however far back, as a graph of its own.</summary>
internal sealed class LocalView
{
    /// <summary>Above this many holdings an answer is given without the search for what would settle it.</summary>
    public const int EdgeCountMax = 2_000;

    private LocalView(OwnershipGraph graph, Standing[] standings, bool isWhole)
    {
        Graph = graph;
        Standings = standings;
        IsWhole = isWhole;
    }

    public OwnershipGraph Graph { get; }

    /// <summary>The standing of each node in its own right.</summary>
    public Standing[] Standings { get; }

    /// <summary>The entity asked about.</summary>
    public static int Target => 0;

    /// <summary>False where the bound cut it off.</summary>
    public bool IsWhole { get; }

    /// <param name="graph">The whole graph.</param>
    /// <param name="standings">Standings of its nodes.</param>
    /// <param name="target">The entity asked about.</param>
    /// <param name="isRelevant">Which holders to follow.</param>
    public static LocalView Around(OwnershipGraph graph, Standing[] standings, int target, Func<int, bool> isRelevant)
    {
        var local = new OwnershipGraph();
        var known = new List<Standing>();
        var queue = new Queue<int>([target]);
        Add(target);
        while (queue.TryDequeue(out var node))
        {
            // What a sought party is itself owned by cannot change that it is sought.
            if (standings[node] == Standing.Restricted)
            {
                continue;
            }

            foreach (var edge in graph.InEdges(node).Reverse())
            {
                if (local.EdgeCount == EdgeCountMax)
                {
                    return new LocalView(local, [.. known], isWhole: false);
                }

                var owner = graph.OwnerOf(edge);
                var isNew = local.IndexOf(graph.Node(owner).Id) < 0;
                var copy = local.AddEdge(Add(owner), Add(node), graph.LowerOf(edge), graph.UpperOf(edge), graph.KindOf(edge));
                if (graph.Evidence.TryGetValue(edge, out var evidence))
                {
                    local.Evidence[copy] = evidence;
                }

                if (isNew && isRelevant(owner))
                {
                    queue.Enqueue(owner);
                }
            }
        }

        return new LocalView(local, [.. known], isWhole: true);

        int Add(int node)
        {
            var index = local.Add(graph.Node(node));
            if (index == known.Count)
            {
                known.Add(standings[node]);
            }

            return index;
        }
    }
}
