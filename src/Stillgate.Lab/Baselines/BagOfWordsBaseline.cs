using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>The usual text filter, a prompt at a time, and an account's mean over its prompts.</summary>
internal sealed class BagOfWordsBaseline(WordModel model) : IBaseline
{
    private readonly Dictionary<string, (double Sum, int Count)> _accounts = new(StringComparer.Ordinal);

    public string Name => "bag of words";

    public void Observe(ExchangeRecord exchange)
    {
        if (PromptText.Of(exchange) is { } text)
        {
            var (sum, count) = _accounts.GetValueOrDefault(exchange.Account);
            _accounts[exchange.Account] = (sum + model.Probability(text), count + 1);
        }
    }

    public double Score(string account) => _accounts.TryGetValue(account, out var seen) ? seen.Sum / seen.Count : 0;
}
