using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// FRAUDAR (Hooi et al., KDD 2016; <see cref="GreedyPeeling"/>): accounts score by the density of the densest block that they are in. A batch
/// method, and it may use the whole log: the blocks are those of the end, so that an account's score at its first exchange knows of
/// accounts that come weeks later. What it is compared with is flagged at the exchange at which the evidence is there.
/// </summary>
/// <param name="registrations">Registrations of the log's accounts, for what they share.</param>
/// <param name="sketcher">Makes passages of text; the caller's.</param>
internal sealed class FraudarBaseline(IReadOnlyList<RegistrationRecord> registrations, ExchangeSketcher sketcher) : IBaseline
{
    /// <summary>Blocks looked for at most; a composed log of a thousand accounts holds some forty groups.</summary>
    public const int BlocksMax = 256;

    private readonly AccountUses _uses = new(registrations);
    private readonly SketchedExchange _exchange = new();
    private SharingGraph? _graph;
    private Dictionary<string, double>? _scores;

    public string Name => "FRAUDAR";

    /// <summary>Who shares what in the exchanges so far.</summary>
    public SharingGraph Graph => _graph ??= _uses.Graph();

    public void Observe(ExchangeRecord exchange)
    {
        var hasContent = exchange.Sketch is not null || exchange.Request.Messages is { Count: > 0 };
        if (hasContent && ExchangeReading.IsAnalysed(exchange) && ExchangeReading.TryRead(exchange, sketcher, _exchange))
        {
            _uses.Observe(_exchange);
            (_graph, _scores) = (null, null);
        }
    }

    public double Score(string account) => (_scores ??= Scores()).GetValueOrDefault(account);

    private Dictionary<string, double> Scores()
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var block in GreedyPeeling.Blocks(Graph, BlocksMax))
        {
            foreach (var account in block.Accounts)
            {
                scores[account] = Math.Max(block.Density, scores.GetValueOrDefault(account));
            }
        }

        return scores;
    }
}
