using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>Baselines that have learnt what they learn; each log is given fresh ones, which share it.</summary>
public sealed class TrainedBaselines
{
    private readonly WordModel _words = new();
    private readonly MmdReference _reference;

    /// <summary>Teaches.</summary>
    /// <param name="training">Exchanges in the order of time with whether their account harvests; read once. Never the accounts that are scored.</param>
    /// <param name="seed">Seed of hashing and sampling.</param>
    public TrainedBaselines(IEnumerable<(ExchangeRecord Exchange, bool Harvest)> training, long seed)
    {
        ArgumentNullException.ThrowIfNull(training);
        _reference = new MmdReference(seed);
        foreach (var (exchange, harvest) in training)
        {
            if (PromptText.Of(exchange) is { } text)
            {
                _words.Learn(exchange.Account, text, harvest);
                _reference.Learn(exchange.Account, text, harvest);
            }
        }

        _words.Fit();
        _reference.Fit();
    }

    /// <summary>Baselines that have seen nothing of the log to be judged.</summary>
    /// <param name="registrations">Registrations of the log's accounts: what one baseline links by.</param>
    /// <param name="sketcher">Makes that baseline's passages of text; stays the caller's, and outlives the baselines.</param>
    /// <returns>In the order of the tables.</returns>
    public IReadOnlyList<IBaseline> Fresh(IReadOnlyList<RegistrationRecord> registrations, ExchangeSketcher sketcher) =>
    [
        new VolumeBaseline(),
        new PradaBaseline(),
        new SeatBaseline(),
        new MmdBaseline(_reference, isMatched: false),
        new MmdBaseline(_reference, isMatched: true),
        new BagOfWordsBaseline(_words),
        new PrefixHashBaseline(),
        new ClusteringBaseline(_words),
        new FraudarBaseline(registrations, sketcher),
    ];
}
