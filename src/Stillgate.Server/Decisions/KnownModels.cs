using Stillgate.Protocol.ExchangeLog;
using Stillgate.Storage;

namespace Stillgate.Server.Decisions;

/// <summary>
/// The models that an installation has heard of: in its records, in the rules in force, in its settings. A hold on any other bars nobody, and whoever
/// misspells a model would believe it closed.
/// </summary>
internal sealed class KnownModels
{
    /// <summary>What is said of a model that is not known.</summary>
    public const string Unknown = "no record, rule or setting here names such a model";

    // Some seconds of reading at most. A model that is served is met long before; one that was last asked for further back needs the caller's word.
    private const int RecordsMax = 100_000;

    private readonly string[] _stated;
    private readonly string _logPath;

    /// <summary>Collects what rules and settings name; records are read when they are needed.</summary>
    /// <param name="loader">The store's rules.</param>
    /// <param name="folder">The store, for its records.</param>
    /// <param name="served">Patterns of the models that the settings serve; empty where no settings are at hand.</param>
    public KnownModels(DecisionLoader loader, StoreFolder folder, IEnumerable<string> served)
    {
        _stated = [.. served.Concat(OfRules(loader)).Where(name => name.Trim('*').Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        _logPath = folder.ExchangeLogPath;
    }

    /// <summary>For a model that is not known the names that it may have been meant for, which may be none; null for one that is known.</summary>
    /// <param name="model">The model, or with <c>*</c> at its end the beginning of some.</param>
    public IReadOnlyList<string>? MeantBy(string model)
    {
        if (model.Trim('*').Length == 0 || _stated.Any(name => Means(model, name) || IsCoveredBy(model, name)))
        {
            return null;
        }

        var recorded = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Recorded())
        {
            if (Means(model, name))
            {
                return null;
            }

            recorded.Add(name);
        }

        return NearNames.Of(model.TrimEnd('*'), recorded.Concat(_stated.Select(name => name.TrimEnd('*'))));
    }

    private static bool Means(string model, string name) => model.EndsWith('*')
        ? name.StartsWith(model[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(model, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsCoveredBy(string model, string pattern) => pattern.EndsWith('*') && model.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> OfRules(DecisionLoader loader)
    {
        try
        {
            return loader.ActivePolicy()?.RuleDefinitions.SelectMany(rule => rule.Scope.Models) ?? [];
        }
        catch (StoreException)
        {
            // A policy that cannot be used must not stand in the way of a hold; 'up' and 'policy list' say what is wrong with it.
            return [];
        }
    }

    /// <summary>Models of the latest records that were answered, the newest file first: a client may ask for any name, but only one that is served is answered.</summary>
    private IEnumerable<string> Recorded()
    {
        if (!Directory.Exists(_logPath) || !Directory.EnumerateFiles(_logPath, "*.jsonl*").Any())
        {
            return [];
        }

        const int firstStatusOfNoAnswer = 300;
        return LogFiles.Expand(_logPath).Reverse().SelectMany(OfFile).Take(RecordsMax).Where(record => record.Status < firstStatusOfNoAnswer).Select(record => record.Model);
    }

    private static IEnumerable<ExchangeRecord> OfFile(string file)
    {
        using var records = new ExchangeLogReader(file, static _ => { }).Read().GetEnumerator();
        while (Next(records))
        {
            yield return records.Current;
        }
    }

    private static bool Next(IEnumerator<ExchangeRecord> records)
    {
        try
        {
            return records.MoveNext();
        }
        catch (LogFormatException)
        {
            // A file that is no log says nothing of models.
            return false;
        }
    }
}
