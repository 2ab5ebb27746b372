namespace Stillgate.Parties.Ownership;

/// <summary>
/// Who holds how much of whom on one day, in arrays: entities and holdings are numbers. Holdings can be added and resized in
/// place, which is how a change is re-evaluated without reading everything again. One writer at a time.
/// </summary>
internal sealed class OwnershipGraph
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private int[] _owner = new int[16];
    private int[] _owned = new int[16];
    private int[] _lower = new int[16];
    private int[] _upper = new int[16];
    private int[] _nextOut = new int[16];
    private int[] _nextIn = new int[16];
    private EdgeKind[] _kind = new EdgeKind[16];
    private int[] _firstOut = new int[16];
    private int[] _firstIn = new int[16];

    public int NodeCount => _nodes.Count;

    public int EdgeCount { get; private set; }

    /// <summary>The statements behind an edge, where the graph was made from statements.</summary>
    public Dictionary<int, IReadOnlyList<HoldingFact>> Evidence { get; } = [];

    public GraphNode Node(int node) => _nodes[node];

    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    public int OwnerOf(int edge) => _owner[edge];

    public int OwnedOf(int edge) => _owned[edge];

    public int LowerOf(int edge) => _lower[edge];

    public int UpperOf(int edge) => _upper[edge];

    public EdgeKind KindOf(int edge) => _kind[edge];

    /// <summary>The first holding of this owner, or -1; the rest by <see cref="NextOut"/>.</summary>
    public int FirstOut(int node) => _firstOut[node];

    public int NextOut(int edge) => _nextOut[edge];

    /// <summary>The first holding in this entity, or -1; the rest by <see cref="NextIn"/>.</summary>
    public int FirstIn(int node) => _firstIn[node];

    public int NextIn(int edge) => _nextIn[edge];

    public int Add(GraphNode node)
    {
        if (_indexes.TryGetValue(node.Id, out var known))
        {
            return known;
        }

        var index = _nodes.Count;
        _nodes.Add(node);
        _indexes.Add(node.Id, index);
        if (index == _firstOut.Length)
        {
            Array.Resize(ref _firstOut, index * 2);
            Array.Resize(ref _firstIn, index * 2);
        }

        _firstOut[index] = -1;
        _firstIn[index] = -1;
        return index;
    }

    public int AddEdge(int owner, int owned, int lower, int upper, EdgeKind kind = EdgeKind.Share)
    {
        if (EdgeCount == _owner.Length)
        {
            Grow();
        }

        var edge = EdgeCount++;
        _owner[edge] = owner;
        _owned[edge] = owned;
        _lower[edge] = lower;
        _upper[edge] = upper;
        _kind[edge] = kind;
        _nextOut[edge] = _firstOut[owner];
        _firstOut[owner] = edge;
        _nextIn[edge] = _firstIn[owned];
        _firstIn[owned] = edge;
        return edge;
    }

    public void Resize(int edge, int lower, int upper)
    {
        _lower[edge] = lower;
        _upper[edge] = upper;
    }

    public void SetKind(int edge, EdgeKind kind) => _kind[edge] = kind;

    public IEnumerable<int> InEdges(int node)
    {
        for (var edge = _firstIn[node]; edge >= 0; edge = _nextIn[edge])
        {
            yield return edge;
        }
    }

    private void Grow()
    {
        var size = EdgeCount * 2;
        Array.Resize(ref _owner, size);
        Array.Resize(ref _owned, size);
        Array.Resize(ref _lower, size);
        Array.Resize(ref _upper, size);
        Array.Resize(ref _kind, size);
        Array.Resize(ref _nextOut, size);
        Array.Resize(ref _nextIn, size);
    }
}
