using Stillgate.Detection.Accounts;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Drift;

/// <summary>The accounts of one peer class in the order in which they were first judged: the block that fills, and the full one before it.</summary>
internal sealed class PeerBlocks
{
    private List<AccountState> _filling = new(DriftMonitor.BlockLength);
    private List<AccountState>? _full;
    private double[]? _sums;
    private double _threshold;
    private double _shareBelow;
    private double _pValue = 1;

    public int Accounts { get; private set; }

    public int BlocksTested { get; private set; }

    public bool IsDrifting { get; private set; }

    /// <summary>Mean features of the last full block, or null before the first.</summary>
    public double[]? LastMeans { get; private set; }

    /// <summary>Adds an account.</summary>
    /// <returns>The block before the one that is now full: its accounts had time to show what they are. Null otherwise.</returns>
    public IReadOnlyList<AccountState>? Add(AccountState account, double[] features)
    {
        Accounts++;
        _filling.Add(account);
        _sums ??= new double[features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            _sums[i] += features[i];
        }

        if (_filling.Count < DriftMonitor.BlockLength)
        {
            return null;
        }

        LastMeans = [.. _sums.Select(sum => sum / DriftMonitor.BlockLength)];
        _sums = null;
        var due = _full;
        _full = _filling;
        _filling = new List<AccountState>(DriftMonitor.BlockLength);
        return due;
    }

    public void Tested(double threshold, double shareBelow, double pValue, double budget)
    {
        (_threshold, _shareBelow, _pValue) = (threshold, shareBelow, pValue);
        BlocksTested++;
        IsDrifting = pValue <= budget;
    }

    public PeerClassFit Fit(string name) => new(name, Accounts, BlocksTested, Math.Round(_threshold, 6), Math.Round(_shareBelow, 6), _pValue, IsDrifting);
}
