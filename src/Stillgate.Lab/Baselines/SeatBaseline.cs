using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// SEAT (Zhang, Chen and Wagner, "SEAT: Similarity encoder by adversarial training", AISec 2021): counts the pairs of similar queries
/// of an account and bans at a limit. The encoder is the shared hashed one; a pair is looked for among the last 64 queries.
/// </summary>
internal sealed class SeatBaseline : IBaseline
{
    private const int RecentMax = 64;
    private const float SimilarFrom = 0.85f;
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    public string Name => "SEAT";

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

        account.Add(HashedEmbedding.Of(text));
    }

    public double Score(string account) => _accounts.TryGetValue(account, out var seen) ? seen.PairCount : 0;

    private sealed class Account
    {
        private readonly List<float[]> _recent = [];
        private int _next;

        public long PairCount { get; private set; }

        public void Add(float[] embedding)
        {
            foreach (var known in _recent)
            {
                PairCount += HashedEmbedding.Similarity(known, embedding) >= SimilarFrom ? 1 : 0;
            }

            if (_recent.Count < RecentMax)
            {
                _recent.Add(embedding);
            }
            else
            {
                _recent[_next] = embedding;
                _next = (_next + 1) % RecentMax;
            }
        }
    }
}
