using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// PRADA (Juuti et al., "PRADA: Protecting against DNN model stealing attacks", EuroS&amp;P 2019): the distances from each query to the
/// nearest earlier one of the account are near normal for natural use; the score is 1 - W of Shapiro and Wilk. The model has no
/// predicted classes here, so that there is one growing set an account, bounded.
/// </summary>
internal sealed class PradaBaseline : IBaseline
{
    private const int GrowingMax = 96;
    private const int DistancesMax = 400;
    private const int DistancesMin = 30;
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    public string Name => "PRADA";

    public void Observe(ExchangeRecord exchange)
    {
        if (PromptText.Of(exchange) is not { } text)
        {
            return;
        }

        if (!_accounts.TryGetValue(exchange.Account, out var account))
        {
            _accounts.Add(exchange.Account, account = new Account());
        }

        if (account.Distances.Count < DistancesMax)
        {
            account.Add(HashedEmbedding.Of(text));
        }
    }

    public double Score(string account) =>
        _accounts.TryGetValue(account, out var seen) && seen.Distances.Count >= DistancesMin ? 1 - ShapiroWilk.Statistic(WithoutOutliers(seen.Distances)) : 0;

    // The paper drops distances beyond three standard deviations before it tests.
    private static double[] WithoutOutliers(List<double> distances)
    {
        var mean = distances.Average();
        var deviation = Math.Sqrt(distances.Average(distance => (distance - mean) * (distance - mean)));
        double[] kept = [.. distances.Where(distance => Math.Abs(distance - mean) <= 3 * deviation)];
        return kept.Length >= ShapiroWilk.ValuesMin ? kept : [.. distances];
    }

    private sealed class Account
    {
        private readonly List<float[]> _growing = [];
        private double _sum;
        private double _squares;

        public List<double> Distances { get; } = [];

        public void Add(float[] embedding)
        {
            if (_growing.Count == 0)
            {
                _growing.Add(embedding);
                return;
            }

            var nearest = Math.Sqrt(Math.Max(0, 2 - (2 * _growing.Max(known => HashedEmbedding.Similarity(known, embedding)))));
            Distances.Add(nearest);
            (_sum, _squares) = (_sum + nearest, _squares + (nearest * nearest));
            var mean = _sum / Distances.Count;
            var deviation = Math.Sqrt(Math.Max(0, (_squares / Distances.Count) - (mean * mean)));
            if (_growing.Count < GrowingMax && nearest > mean - deviation)
            {
                _growing.Add(embedding);
            }
        }
    }
}
