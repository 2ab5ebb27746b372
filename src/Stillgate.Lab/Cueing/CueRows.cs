using Stillgate.Detection.Sketching;

namespace Stillgate.Lab.Cueing;

/// <summary>Windows that teach a <see cref="CueModel"/>.</summary>
internal sealed class CueRows
{
    private readonly List<uint[]> _rows = [];
    private readonly List<bool> _asks = [];
    private readonly List<double> _costs = [];

    public int Count => _rows.Count;

    public void Add(uint[] row, bool asks, double cost)
    {
        _rows.Add(row);
        _asks.Add(asks);
        _costs.Add(cost);
    }

    public float[] Fit(long seed) => LinearSvm.Fit(_rows, [.. _asks], [.. _costs], 1 << CueTokens.Bits, seed);
}
