namespace Stillgate.Lab.Baselines;

/// <summary>How well scores separate two groups of accounts, at every threshold.</summary>
public sealed class AccountRoc
{
    private readonly double[] _legitimate;
    private readonly double[] _harvesting;

    /// <summary>Takes the scores.</summary>
    /// <param name="legitimate">Scores of legitimate accounts; higher is worse.</param>
    /// <param name="harvesting">Scores of harvesting accounts.</param>
    public AccountRoc(IEnumerable<double> legitimate, IEnumerable<double> harvesting)
    {
        _legitimate = [.. legitimate.Order()];
        _harvesting = [.. harvesting.Order()];
    }

    /// <summary>Chance that a harvesting account scores above a legitimate one, ties halved; NaN where a group is empty.</summary>
    public double Area
    {
        get
        {
            var wins = 0.0;
            foreach (var score in _harvesting)
            {
                var (below, upTo) = (CountBelow(_legitimate, score), CountUpTo(_legitimate, score));
                wins += below + (0.5 * (upTo - below));
            }

            return wins / ((double)_legitimate.Length * _harvesting.Length);
        }
    }

    /// <summary>
    /// The lowest threshold that flags at most this share of the legitimate accounts; an account is flagged when its score is above
    /// it. Accounts that tie are flagged together or not at all.
    /// </summary>
    /// <param name="falseAlarmShare">0 to 1.</param>
    /// <returns>The threshold.</returns>
    public double ThresholdAt(double falseAlarmShare)
    {
        var allowed = (int)Math.Floor(falseAlarmShare * _legitimate.Length);
        return allowed >= _legitimate.Length ? double.NegativeInfinity : _legitimate[_legitimate.Length - 1 - allowed];
    }

    /// <summary>Share of the harvesting accounts above <see cref="ThresholdAt"/>.</summary>
    /// <param name="falseAlarmShare">0 to 1.</param>
    /// <returns>0 to 1; NaN where there is no harvesting account.</returns>
    public double RecallAt(double falseAlarmShare) =>
        (_harvesting.Length - CountUpTo(_harvesting, ThresholdAt(falseAlarmShare))) / (double)_harvesting.Length;

    /// <summary>The curve: for each threshold at which something changes, the shares of both groups at or above it.</summary>
    /// <returns>False alarms and recall, from (0, 0) to (1, 1); scores that tie are passed together.</returns>
    public IReadOnlyList<(double FalseAlarms, double Recall)> Curve()
    {
        var points = new List<(double, double)> { (0, 0) };
        for (int alarms = _legitimate.Length, found = _harvesting.Length; alarms > 0 || found > 0;)
        {
            var threshold = Math.Max(alarms > 0 ? _legitimate[alarms - 1] : double.NegativeInfinity, found > 0 ? _harvesting[found - 1] : double.NegativeInfinity);
            (alarms, found) = (CountBelow(_legitimate, threshold), CountBelow(_harvesting, threshold));
            points.Add((1 - (alarms / (double)_legitimate.Length), 1 - (found / (double)_harvesting.Length)));
        }

        return points;
    }

    private static int CountBelow(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int CountUpTo(double[] sorted, double value) => CountBelow(sorted, Math.BitIncrement(value));
}
