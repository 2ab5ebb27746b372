namespace Stillgate.Lab.Baselines;

/// <summary>
/// The node of least weight, kept while weights change: a tournament over all nodes, which FRAUDAR's authors call a priority tree. A change
/// costs the logarithm of the number of nodes. Among equals the node of the lowest number, so that nothing depends on the order of changes.
/// </summary>
internal sealed class LightestNode
{
    private readonly double[] _weights;
    private readonly int[] _winners;
    private readonly int _leaves;

    /// <summary>Takes the nodes.</summary>
    /// <param name="weights">Weight by node, at least one; infinity for a node that is not there. Kept, and written by <see cref="Set"/>.</param>
    public LightestNode(double[] weights)
    {
        _weights = weights;
        _leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)weights.Length);
        _winners = new int[2 * _leaves];
        for (var leaf = 0; leaf < _leaves; leaf++)
        {
            _winners[_leaves + leaf] = leaf;
        }

        for (var match = _leaves - 1; match > 0; match--)
        {
            Play(match);
        }
    }

    /// <summary>The lightest; any node where none is there.</summary>
    public int Node => _winners[1];

    /// <summary>Gives a node another weight.</summary>
    public void Set(int node, double weight)
    {
        _weights[node] = weight;
        for (var match = (_leaves + node) / 2; match > 0; match /= 2)
        {
            Play(match);
        }
    }

    private void Play(int match)
    {
        var (left, right) = (_winners[2 * match], _winners[(2 * match) + 1]);
        _winners[match] = WeightOf(right) < WeightOf(left) ? right : left;
    }

    private double WeightOf(int node) => node < _weights.Length ? _weights[node] : double.PositiveInfinity;
}
