using Stillgate.Detection.Sketching;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>Every baseline's score of every account of a composed log, without judging them.</summary>
internal static class BaselineScoring
{
    /// <summary>Teaches the baselines on a composition.</summary>
    public static TrainedBaselines Train(string folder, long seed)
    {
        var truth = LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).ToDictionary(label => label.Account, label => label.Harvest, StringComparer.Ordinal);
        return new TrainedBaselines(Read(folder).Where(exchange => truth.ContainsKey(exchange.Account)).Select(exchange => (exchange, truth[exchange.Account])), seed);
    }

    /// <summary>Runs fresh baselines over a composition.</summary>
    /// <param name="trained">What they learnt.</param>
    /// <param name="folder">The composition.</param>
    /// <param name="accounts">The accounts to score.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>By baseline, in the order of the tables: the accounts' scores, in the order given. And who shares what.</returns>
    public static (IReadOnlyList<(string Name, double[] Scores)> Detectors, SharingGraph Sharing) Score(TrainedBaselines trained, string folder, IReadOnlyList<string> accounts, CancellationToken stop)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var baselines = trained.Fresh(SketchedLog.Registrations(folder), sketcher);
        foreach (var exchange in Read(folder))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var baseline in baselines)
            {
                baseline.Observe(exchange);
            }
        }

        return ([.. baselines.Select(baseline => (baseline.Name, accounts.Select(baseline.Score).ToArray()))], baselines.OfType<FraudarBaseline>().Single().Graph);
    }

    private static IEnumerable<ExchangeRecord> Read(string folder) =>
        new ExchangeLogReader(Path.Combine(folder, "log.jsonl.gz"), problem => throw new LogFormatException(problem.ToString())).Read();
}
