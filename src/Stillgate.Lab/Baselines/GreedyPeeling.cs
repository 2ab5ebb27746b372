namespace Stillgate.Lab.Baselines;

/// <summary>
/// FRAUDAR (Hooi, Song, Beutel, Shah, Shin and Faloutsos, "FRAUDAR: bounding graph fraud in the face of camouflage", KDD 2016). Takes away the
/// node, account or thing, that adds least to what is left, until nothing is, and keeps the densest set on the way: at least half as dense as
/// the densest there is. Density is the sum of the weights of the edges within by the number of nodes. Camouflage, edges to popular things, cannot make a block less
/// dense. O(E log V) a block.
/// </summary>
internal sealed class GreedyPeeling
{
    // Two sets as dense as each other but for rounding.
    private const double Hair = 1e-9;

    private readonly SharingGraph _graph;
    private readonly IReadOnlyList<SharedUse> _uses;
    private readonly int[] _starts;
    private readonly int[] _usesOfNode;

    private GreedyPeeling(SharingGraph graph, IReadOnlyList<SharedUse> uses)
    {
        (_graph, _uses) = (graph, uses);
        _starts = new int[graph.AccountCount + graph.ColumnCount + 1];
        foreach (var use in uses)
        {
            _starts[use.Account + 1]++;
            _starts[ColumnNode(use) + 1]++;
        }

        for (var node = 1; node < _starts.Length; node++)
        {
            _starts[node] += _starts[node - 1];
        }

        _usesOfNode = new int[2 * uses.Count];
        var next = _starts.ToArray();
        for (var number = 0; number < uses.Count; number++)
        {
            _usesOfNode[next[uses[number].Account]++] = number;
            _usesOfNode[next[ColumnNode(uses[number])]++] = number;
        }
    }

    /// <summary>Finds dense blocks one after another: the densest, then the densest without the edges of that one, and so on.</summary>
    /// <param name="graph">Who shares what.</param>
    /// <param name="blocksMax">Blocks to look for at most.</param>
    /// <returns>Those with two accounts or more, in the order in which they were found.</returns>
    public static IReadOnlyList<DenseBlock> Blocks(SharingGraph graph, int blocksMax)
    {
        var blocks = new List<DenseBlock>();
        var uses = graph.Uses;
        for (var round = 0; round < blocksMax && uses.Count > 0; round++)
        {
            var (isIn, density) = new GreedyPeeling(graph, uses).Densest();
            string[] accounts = [.. Enumerable.Range(0, graph.AccountCount).Where(account => isIn[account]).Select(graph.Account)];
            if (accounts.Length > 1)
            {
                blocks.Add(new DenseBlock(accounts, isIn.Skip(graph.AccountCount).Count(column => column), density));
            }

            uses = [.. uses.Where(use => !isIn[use.Account] || !isIn[graph.AccountCount + use.Column])];
        }

        return blocks;
    }

    private (bool[] IsIn, double Density) Densest()
    {
        var weights = Weights(out var total, out var left);
        var lightest = new LightestNode(weights);
        var (removed, best, kept) = (new List<int>(left), total / left, 0);
        var isIn = Array.ConvertAll(weights, double.IsFinite);
        while (left > 1)
        {
            var node = lightest.Node;
            total -= weights[node];
            Remove(node, weights, lightest);
            removed.Add(node);
            // Of two sets as dense the smaller: two blocks of one shape that share nothing are two.
            if (total / --left >= best - Hair)
            {
                (best, kept) = (total / left, removed.Count);
            }
        }

        foreach (var node in removed.Take(kept))
        {
            isIn[node] = false;
        }

        return (isIn, best);
    }

    private double[] Weights(out double total, out int nodes)
    {
        var weights = new double[_starts.Length - 1];
        (total, nodes) = (0, 0);
        foreach (var use in _uses)
        {
            var weight = _graph.WeightOf(use.Column);
            weights[use.Account] += weight;
            weights[ColumnNode(use)] += weight;
            total += weight;
        }

        for (var node = 0; node < weights.Length; node++)
        {
            weights[node] = _starts[node] == _starts[node + 1] ? double.PositiveInfinity : weights[node];
            nodes += double.IsFinite(weights[node]) ? 1 : 0;
        }

        return weights;
    }

    private void Remove(int node, double[] weights, LightestNode lightest)
    {
        lightest.Set(node, double.PositiveInfinity);
        for (var at = _starts[node]; at < _starts[node + 1]; at++)
        {
            var use = _uses[_usesOfNode[at]];
            var other = use.Account == node ? ColumnNode(use) : use.Account;
            if (double.IsFinite(weights[other]))
            {
                lightest.Set(other, weights[other] - _graph.WeightOf(use.Column));
            }
        }
    }

    private int ColumnNode(SharedUse use) => _graph.AccountCount + use.Column;
}
