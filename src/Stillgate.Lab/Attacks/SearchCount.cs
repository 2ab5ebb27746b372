using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Attacks;

/// <summary>Counts the accounts that show a search for techniques, whatever their verdict, by what they truly are.</summary>
internal static class SearchCount
{
    /// <summary>The line of the legitimate accounts.</summary>
    public const string Legitimate = "legitimate";

    /// <summary>Counts over one analysed log: every account that sent anything.</summary>
    public static IReadOnlyDictionary<string, Rate> Of(IReadOnlyDictionary<string, AccountLabel> labels, EngineRun run) => Sum(run.Snapshot.Verdicts
        .Where(verdict => labels.ContainsKey(verdict.Account))
        .Select(verdict => KeyValuePair.Create(labels[verdict.Account] is { Harvest: true } label ? label.RingKind ?? label.Kind : Legitimate, default(Rate).With(run.Searching.Contains(verdict.Account)))));

    /// <summary>Adds up lines of the same name.</summary>
    public static IReadOnlyDictionary<string, Rate> Sum(IEnumerable<KeyValuePair<string, Rate>> lines) => lines
        .GroupBy(line => line.Key, line => line.Value, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => new Rate(same.Sum(rate => rate.Hits), same.Sum(rate => rate.Total)), StringComparer.Ordinal);
}
