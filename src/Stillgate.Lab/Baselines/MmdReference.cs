using System.Numerics.Tensors;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// What the MMD test compares windows with: benign queries in one pool, and two nulls. The pooled null is the paper's: windows drawn
/// from the pool. The matched null holds the windows of benign accounts that sent about as much as the account at hand.
/// </summary>
internal sealed class MmdReference(long seed)
{
    // Embeddings of unrelated prompts stand near the root of two apart: the median heuristic for the width.
    private const double Bandwidth = 1.2;
    private const int NullWindowCount = 300;
    private const int PoolMax = 20_000;
    private static readonly int[] SizeSteps = [50, 100, 200, 400, 800, 1_600];
    private readonly Dictionary<string, MmdWindows> _accounts = new(StringComparer.Ordinal);
    private readonly List<float[]> _pool = [];
    private readonly double[][] _matchedNull = new double[SizeSteps.Length + 1][];
    private readonly Chance _chance = Chance.For(seed, "mmd-reference");
    private readonly MmdSum _sum = new();
    private double[] _pooledNull = [];
    private long _seen;

    public FourierFeatures Features { get; } = new(seed, Bandwidth);

    public void Learn(string account, string text, bool harvest)
    {
        if (harvest)
        {
            return;
        }

        _seen++;
        var features = Features.Of(HashedEmbedding.Of(text));
        if (_pool.Count < PoolMax)
        {
            _pool.Add(features);
        }
        else if (_chance.Hit(PoolMax / (double)_seen))
        {
            // A reservoir: each benign query has the same chance to stay, as the paper draws its references.
            _pool[_chance.Below(PoolMax)] = features;
        }

        if (!_accounts.TryGetValue(account, out var windows))
        {
            _accounts.Add(account, windows = new MmdWindows());
        }

        windows.Add(features);
    }

    public void Fit()
    {
        foreach (var features in _pool)
        {
            _sum.Add(features);
        }

        _pooledNull = _pool.Count >= MmdWindows.FullCount ? [.. Enumerable.Range(0, NullWindowCount).Select(_ => Discrepancy(DrawWindow())).Order()] : [];
        var bySize = _accounts.Values.Select(windows => (Size: SizeOf(windows.SeenCount), Largest: windows.Largest(this)))
            .Where(entry => entry.Largest is not null)
            .ToLookup(entry => entry.Size, entry => entry.Largest!.Value);
        for (var size = 0; size < _matchedNull.Length; size++)
        {
            _matchedNull[size] = [.. bySize[size].Order()];
        }

        _accounts.Clear();
        _pool.Clear();
    }

    /// <summary>The unbiased squared maximum mean discrepancy between a window and the pool.</summary>
    public double Discrepancy(MmdSum window) =>
        _sum.Count < 2
            ? 0
            : window.PairMean + _sum.PairMean - (2 * TensorPrimitives.Dot<float>(window.Features, _sum.Features) / ((double)window.Count * _sum.Count));

    /// <summary>Chance that a window drawn from the pool is at least so far off.</summary>
    public double PooledPValue(double discrepancy) => PValue(_pooledNull, discrepancy);

    /// <summary>Chance that a benign account of about this size is at least so far off.</summary>
    public double MatchedPValue(double discrepancy, int seenCount) => PValue(_matchedNull[SizeOf(seenCount)], discrepancy);

    private static double PValue(double[] sorted, double value)
    {
        var at = Array.BinarySearch(sorted, value);
        at = at < 0 ? ~at : at;
        return (1.0 + (sorted.Length - at)) / (sorted.Length + 1);
    }

    private static int SizeOf(int count) => Array.FindIndex(SizeSteps, step => count < step) is var index and >= 0 ? index : SizeSteps.Length;

    private MmdSum DrawWindow()
    {
        var window = new MmdSum();
        for (var query = 0; query < MmdWindows.FullCount; query++)
        {
            window.Add(_chance.Pick(_pool));
        }

        return window;
    }
}
