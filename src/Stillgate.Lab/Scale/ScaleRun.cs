using System.Diagnostics;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Scale;

/// <summary>Composes a campaign among very many accounts, analyses it as it is composed, and reports what was found and what it cost.</summary>
/// <param name="options">How large.</param>
public sealed class ScaleRun(ScaleOptions options)
{
    private const int TimedCount = 4_096;
    private const int ReportEvery = 100;
    private readonly List<SketchedExchange> _waiting = new(TimedCount);
    private TrafficSimulator? _simulator;
    private AnalysisEngine? _engine;
    private long _engineTicks;

    /// <summary>Runs it.</summary>
    /// <param name="progress">Told how many exchanges are analysed and how much of the log's time has passed; or null.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="SimulationException">An option is out of range, or the texts are absent.</exception>
    public async Task<ScaleReport> RunAsync(IProgress<SimulationProgress>? progress, CancellationToken stop)
    {
        var composition = options.Composition();

        // What every engine of a process shares is loaded with the first: it is no account's.
        _ = new AnalysisEngine(new AnalysisOptions { Calibration = options.Calibration });
        var emptyBytes = GC.GetTotalMemory(forceFullCollection: true);
        _engine = new AnalysisEngine(new AnalysisOptions { Calibration = options.Calibration });
        emptyBytes = GC.GetTotalMemory(forceFullCollection: true) - emptyBytes;
        var clock = Stopwatch.StartNew();
        _simulator = new TrafficSimulator(composition);
        foreach (var registration in _simulator.Registrations)
        {
            _engine.Register(registration);
        }

        var labels = _simulator.Labels.ToDictionary(label => label.Account, StringComparer.Ordinal);
        var campaignTimes = await AnalyseAsync(composition, labels, progress, stop).ConfigureAwait(false);

        // From here on only the findings and the truth are needed; what the engine held is measured before and after it goes.
        _simulator = null;
        var exchanges = _engine.ExchangeCount;
        var heldBytes = GC.GetTotalMemory(forceFullCollection: true);
        _engine.Rest();
        var restingBytes = GC.GetTotalMemory(forceFullCollection: true);
        var snapshot = _engine.Snapshot();
        var elapsed = clock.Elapsed;
        _engine = null;
        var report = Report(labels, snapshot, campaignTimes) with { Exchanges = exchanges, Elapsed = elapsed };
        var accounts = snapshot.Verdicts.Count;
        snapshot = null;
        var leftBytes = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(labels);
        GC.KeepAlive(campaignTimes);
        return report with
        {
            Accounts = accounts,
            EnginePerSecond = exchanges / (_engineTicks / (double)Stopwatch.Frequency),
            EndToEndPerSecond = exchanges / elapsed.TotalSeconds,
            EngineBytes = heldBytes - leftBytes,
            EngineBytesPerAccount = (heldBytes - leftBytes - emptyBytes) / (double)accounts,
            RestingBytesPerAccount = (restingBytes - leftBytes - emptyBytes) / (double)accounts,
            PeakBytes = Process.GetCurrentProcess().PeakWorkingSet64,
        };
    }

    /// <returns>Times of the campaign's exchanges, ascending, in milliseconds.</returns>
    private async Task<List<long>> AnalyseAsync(SimulationOptions composition, Dictionary<string, AccountLabel> labels, IProgress<SimulationProgress>? progress, CancellationToken stop)
    {
        var campaignTimes = new List<long>();
        var batches = 0;
        await foreach (var exchange in new ScaleTraffic(_simulator!, Environment.ProcessorCount).ReadAsync(stop).ConfigureAwait(false))
        {
            if (labels[exchange.Account].Harvest)
            {
                campaignTimes.Add(exchange.AtMs);
            }

            _waiting.Add(exchange);
            if (_waiting.Count == TimedCount)
            {
                Observe();
                if (++batches % ReportEvery == 0)
                {
                    progress?.Report(new SimulationProgress(_engine!.ExchangeCount, (exchange.AtMs - composition.Start.ToUnixTimeMilliseconds()) / TimeSpan.FromDays(composition.Days).TotalMilliseconds));
                }
            }
        }

        Observe();
        return campaignTimes;
    }

    // In runs, so that the clock is read seldom against what it measures.
    private void Observe()
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var exchange in _waiting)
        {
            _engine!.Observe(exchange);
        }

        _engineTicks += Stopwatch.GetTimestamp() - started;
        _waiting.Clear();
    }

    private static ScaleReport Report(Dictionary<string, AccountLabel> labels, AnalysisSnapshot snapshot, List<long> campaignTimes)
    {
        var evaluation = Evaluator.Evaluate(labels, snapshot);
        var firstFlag = snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null && labels.TryGetValue(verdict.Account, out var label) && label.Harvest)
            .Select(verdict => (DateTimeOffset?)verdict.FlaggedAt!.At).Min();
        return new ScaleReport
        {
            Accounts = 0,
            Exchanges = 0,
            Elapsed = default,
            EnginePerSecond = 0,
            EndToEndPerSecond = 0,
            EngineBytes = 0,
            EngineBytesPerAccount = 0,
            RestingBytesPerAccount = 0,
            PeakBytes = 0,
            CampaignExchanges = campaignTimes.Count,
            Recall = evaluation.RingRecall,
            FalseAlarms = evaluation.FalseAlarms,
            PairPrecision = evaluation.PairPrecision,
            PairRecall = evaluation.PairRecall,
            HarvestLegitimatePairs = evaluation.HarvestLegitimatePairs,
            CampaignsNamed = snapshot.Campaigns.Count,
            ServedBefore = evaluation.Rings.Sum(ring => ring.ServedBefore),
            FirstFlagAfter = firstFlag - DateTimeOffset.FromUnixTimeMilliseconds(campaignTimes[0]),
            ExchangesAtFirstFlag = firstFlag is { } at ? campaignTimes.Count(time => time <= at.ToUnixTimeMilliseconds()) : null,
        };
    }
}
