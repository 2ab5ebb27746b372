using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// The window test of LabRAI ("maximum mean discrepancy over windows of queries", arXiv 2606.05725, 2026). As published, a window is
/// compared with windows drawn from pooled benign queries and the score is its discrepancy; with the matched null, the score says
/// how rare the account's discrepancy is among benign accounts of its size.
/// </summary>
internal sealed class MmdBaseline(MmdReference reference, bool isMatched) : IBaseline
{
    private readonly Dictionary<string, MmdWindows> _accounts = new(StringComparer.Ordinal);

    public string Name => isMatched ? "MMD, matched null" : "MMD, as published";

    public void Observe(ExchangeRecord exchange)
    {
        if (PromptText.Of(exchange) is not { } text)
        {
            return;
        }

        if (!_accounts.TryGetValue(exchange.Account, out var windows))
        {
            _accounts.Add(exchange.Account, windows = new MmdWindows());
        }

        windows.Add(reference.Features.Of(HashedEmbedding.Of(text)));
    }

    public double Score(string account)
    {
        if (!_accounts.TryGetValue(account, out var windows) || windows.Largest(reference) is not { } discrepancy)
        {
            return -1;
        }

        // The discrepancy breaks ties among the rarest, of which a null of some hundred accounts has many.
        return isMatched ? 1 - reference.MatchedPValue(discrepancy, windows.SeenCount) + (1e-3 * discrepancy) : discrepancy;
    }

    /// <summary>Whether the published test, at its one-per-cent level against the pooled null, would have alarmed.</summary>
    public bool AlarmsAsPublished(string account) =>
        _accounts.TryGetValue(account, out var windows) && windows.Largest(reference) is { } discrepancy && reference.PooledPValue(discrepancy) <= 0.01;
}
