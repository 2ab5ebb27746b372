using Stillgate.Detection.Accounts;
using Stillgate.Detection.Findings;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Drift;

/// <summary>The accounts of one peer class in the order in which they were first judged: the block that fills, and the full one before it.</summary>
internal sealed class PeerBlocks
{
    private const int FeaturesMax = 1_024;

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

    /// <summary>Writes the blocks; accounts by index.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)Accounts);
        into.Number((ulong)BlocksTested);
        into.Flag(IsDrifting);
        Write(into, _filling);
        into.Flag(_full is not null);
        Write(into, _full ?? []);
        Write(into, _sums);
        Write(into, LastMeans);
        into.Double(_threshold);
        into.Double(_shareBelow);
        into.Double(_pValue);
    }

    /// <summary>Takes over what <see cref="Write(StateWriter)"/> wrote.</summary>
    public void Read(ref StateReader from, IReadOnlyList<AccountState> accounts)
    {
        Accounts = from.Count(int.MaxValue);
        BlocksTested = from.Count(int.MaxValue);
        IsDrifting = from.Flag();
        _filling = ReadAccounts(ref from, accounts);
        var isFull = from.Flag();
        var full = ReadAccounts(ref from, accounts);
        _full = isFull ? full : null;
        _sums = ReadNumbers(ref from);
        LastMeans = ReadNumbers(ref from);
        (_threshold, _shareBelow, _pValue) = (from.Double(), from.Double(), from.Double());
    }

    private static void Write(StateWriter into, List<AccountState> accounts)
    {
        into.Number((ulong)accounts.Count);
        foreach (var account in accounts)
        {
            into.Number((ulong)account.Index);
        }
    }

    private static void Write(StateWriter into, double[]? numbers)
    {
        into.Number((ulong)(numbers?.Length ?? 0));
        foreach (var number in numbers ?? [])
        {
            into.Double(number);
        }
    }

    private static List<AccountState> ReadAccounts(ref StateReader from, IReadOnlyList<AccountState> accounts)
    {
        var read = new List<AccountState>(DriftMonitor.BlockLength);
        for (var count = from.Count(DriftMonitor.BlockLength); count > 0; count--)
        {
            read.Add(accounts[from.Count(accounts.Count - 1)]);
        }

        return read;
    }

    private static double[]? ReadNumbers(ref StateReader from)
    {
        var numbers = new double[from.Count(FeaturesMax)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = from.Double();
        }

        return numbers.Length == 0 ? null : numbers;
    }

    public PeerClassFit Fit(string name) => new(name, Accounts, BlocksTested, Math.Round(_threshold, 6), Math.Round(_shareBelow, 6), _pValue, IsDrifting);
}
