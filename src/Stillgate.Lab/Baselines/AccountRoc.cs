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
