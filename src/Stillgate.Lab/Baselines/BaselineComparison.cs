using System.Diagnostics;
using System.Text.Json;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>Runs every baseline over one composed log, those that learn being taught on another.</summary>
public static class BaselineComparison
{
    /// <summary>Share of legitimate accounts flagged at which the kinds are told apart.</summary>
    public const double DetailLevel = 0.01;

    private static readonly double[] Levels = [0.001, 0.005, 0.01, 0.05];

    /// <summary>Runs them. Accounts whose content cannot decide, and accounts without an exchange, are left out of the figures.</summary>
    /// <param name="trainingFolder">A composition to learn from.</param>
    /// <param name="folder">The composition to be judged on; of other sources and the other half of the wrappers.</param>
    /// <param name="seed">Seed of hashing and sampling.</param>
    /// <param name="progress">Told the share of the judged log that is read; or null.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>A result for each baseline.</returns>
    /// <exception cref="SimulationException">A folder is not a composition.</exception>
    /// <exception cref="LogFormatException">A log cannot be read.</exception>
    public static IReadOnlyList<BaselineResult> Run(string trainingFolder, string folder, long seed, IProgress<double>? progress, CancellationToken stop)
    {
        var truth = Labels(trainingFolder);
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var baselines = BaselineSet.Create(
            Read(trainingFolder).Where(exchange => truth.ContainsKey(exchange.Account)).Select(exchange => (exchange, truth[exchange.Account].Harvest)), SketchedLog.Registrations(folder), sketcher, seed);
        var labels = Labels(folder);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ticks = new long[baselines.Count];
        var (first, last) = (DateTimeOffset.MaxValue, SpanOf(folder));
        foreach (var exchange in Read(folder))
        {
            stop.ThrowIfCancellationRequested();
            first = exchange.At < first ? exchange.At : first;
            progress?.Report((exchange.At - first) / last);
            seen.Add(exchange.Account);
            for (var index = 0; index < ticks.Length; index++)
            {
                var started = Stopwatch.GetTimestamp();
                baselines[index].Observe(exchange);
                ticks[index] += Stopwatch.GetTimestamp() - started;
            }
        }

        var judged = labels.Values.Where(label => !label.Undecidable && seen.Contains(label.Account)).ToArray();
        return [.. baselines.Select((baseline, index) => Judge(baseline, judged, ticks[index] / (double)Stopwatch.Frequency))];
    }

    private static BaselineResult Judge(IBaseline baseline, AccountLabel[] judged, double seconds)
    {
        var scores = judged.ToDictionary(label => label.Account, label => baseline.Score(label.Account), StringComparer.Ordinal);
        var roc = new AccountRoc(
            judged.Where(label => !label.Harvest).Select(label => scores[label.Account]), judged.Where(label => label.Harvest).Select(label => scores[label.Account]));
        var threshold = roc.ThresholdAt(DetailLevel);
        SortedDictionary<string, Rate> FlaggedBy(IEnumerable<AccountLabel> labels) => new(
            labels.GroupBy(label => label.RingKind ?? label.Kind).ToDictionary(group => group.Key, group => group.Aggregate(default(Rate), (rate, label) => rate.With(scores[label.Account] > threshold))),
            StringComparer.Ordinal);
        return new BaselineResult
        {
            Name = baseline.Name,
            Area = roc.Area,
            RecallAtFalseAlarms = Levels.ToDictionary(level => level, roc.RecallAt),
            RecallByKind = FlaggedBy(judged.Where(label => label.Harvest)),
            FalseAlarmsByKind = FlaggedBy(judged.Where(label => !label.Harvest)),
            Seconds = seconds,
        };
    }

    private static TimeSpan SpanOf(string folder)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            return TimeSpan.FromDays(manifest.RootElement.GetProperty("days").GetDouble());
        }
        catch (Exception cause) when (cause is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SimulationException($"{folder}: holds no manifest.json of a composition", cause);
        }
    }

    private static Dictionary<string, AccountLabel> Labels(string folder) =>
        LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).ToDictionary(label => label.Account, StringComparer.Ordinal);

    private static IEnumerable<ExchangeRecord> Read(string folder) =>
        new ExchangeLogReader(Path.Combine(folder, "log.jsonl.gz"), problem => throw new LogFormatException(problem.ToString())).Read();
}
