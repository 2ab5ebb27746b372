using System.Diagnostics;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Evaluation;

/// <summary>
/// A composed log held in memory as sketches, with its registrations and its truth: it is composed and sketched once and analysed as
/// often as a figure needs, which is what makes an ablation affordable.
/// </summary>
internal sealed class SketchedLog
{
    private readonly IReadOnlyList<SketchedExchange> _exchanges;
    private readonly IReadOnlyList<RegistrationRecord> _registrations;

    private SketchedLog(IReadOnlyList<SketchedExchange> exchanges, IReadOnlyList<RegistrationRecord> registrations, IReadOnlyDictionary<string, AccountLabel> labels)
    {
        (_exchanges, _registrations, Labels) = (exchanges, registrations, labels);
    }

    /// <summary>The truth by account.</summary>
    public IReadOnlyDictionary<string, AccountLabel> Labels { get; }

    public int ExchangeCount => _exchanges.Count;

    /// <summary>Reads a folder that a composition wrote.</summary>
    /// <exception cref="SimulationException">The folder holds no labels.</exception>
    /// <exception cref="LogFormatException">The log or the registrations cannot be read.</exception>
    public static async Task<SketchedLog> LoadAsync(string folder, CancellationToken stop)
    {
        var exchanges = new List<SketchedExchange>();
        await foreach (var batch in new LogSource([Path.Combine(folder, "log.jsonl.gz")], SketchKey.Public, LogSource.EveryCore).ReadAsync(stop).ConfigureAwait(false))
        {
            exchanges.AddRange(batch.Problems.Count == 0 ? batch.Exchanges : throw new LogFormatException(batch.Problems[0].ToString()));
        }

        return new SketchedLog(exchanges, Registrations(folder), LabelsOf(folder));
    }

    /// <summary>Composes in memory; nothing is written.</summary>
    public static SketchedLog Compose(SimulationOptions options, CancellationToken stop)
    {
        var simulator = new TrafficSimulator(options);
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var exchanges = new List<SketchedExchange>();
        foreach (var record in simulator.Exchanges())
        {
            stop.ThrowIfCancellationRequested();
            var exchange = new SketchedExchange();
            if (ExchangeReading.TryRead(record, sketcher, exchange))
            {
                exchanges.Add(exchange);
            }
        }

        return new SketchedLog(exchanges, simulator.Registrations, simulator.Labels.ToDictionary(label => label.Account, StringComparer.Ordinal));
    }

    /// <summary>Registrations of a folder.</summary>
    public static IReadOnlyList<RegistrationRecord> Registrations(string folder) =>
        RegistrationFile.ReadAll(Path.Combine(folder, "registrations.jsonl"), problem => throw new LogFormatException(problem.ToString()));

    /// <summary>Labels of a folder, by account.</summary>
    public static IReadOnlyDictionary<string, AccountLabel> LabelsOf(string folder) =>
        LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).ToDictionary(label => label.Account, StringComparer.Ordinal);

    /// <summary>Both logs as one, in the order of time.</summary>
    /// <exception cref="SimulationException">An account is in both.</exception>
    public SketchedLog With(SketchedLog other)
    {
        if (other.Labels.Keys.FirstOrDefault(Labels.ContainsKey) is { } twice)
        {
            throw new SimulationException($"account {twice}: is in both logs; compose one of them with another seed");
        }

        return new SketchedLog(
            [.. Merge(_exchanges, other._exchanges)],
            [.. _registrations, .. other._registrations],
            Labels.Concat(other.Labels).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
    }

    /// <summary>Analyses the log, seen through a blindfold where one is given.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <param name="blindfold">What the analysis may not see, or null.</param>
    /// <param name="observer">Sees every measurement, or null.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>The findings, and the seconds that the engine took.</returns>
    public EngineRun Analyse(CalibrationSet calibration, SignalFamily? blindfold, IEvidenceObserver? observer, CancellationToken stop)
    {
        var engine = new AnalysisEngine(new AnalysisOptions { Calibration = blindfold?.Blind(calibration) ?? calibration, Observer = observer });
        foreach (var registration in _registrations)
        {
            engine.Register(blindfold?.Blind(registration) ?? registration);
        }

        var clock = Stopwatch.StartNew();
        var seen = new SketchedExchange();
        foreach (var exchange in _exchanges)
        {
            stop.ThrowIfCancellationRequested();
            engine.Observe(blindfold is null ? exchange : blindfold.Blind(exchange, seen));
        }

        return new EngineRun(engine.Snapshot(), clock.Elapsed, engine.SearchingAccounts);
    }

    private static IEnumerable<SketchedExchange> Merge(IReadOnlyList<SketchedExchange> left, IReadOnlyList<SketchedExchange> right)
    {
        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            yield return j == right.Count || (i < left.Count && left[i].AtMs <= right[j].AtMs) ? left[i++] : right[j++];
        }
    }
}
