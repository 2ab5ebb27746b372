using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Cueing;

/// <summary>What the legitimate accounts of composed logs ask: distinct system prompts and last turns of users, so many of an account at most.</summary>
internal static class OrdinaryTexts
{
    private const int AccountTextsMax = 40;

    /// <summary>Reads the texts of a composed log with content.</summary>
    /// <exception cref="SimulationException">The folder has no labels.</exception>
    /// <exception cref="LogFormatException">The log cannot be read.</exception>
    public static IEnumerable<OrdinaryText> Read(string folder)
    {
        var labels = LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).ToDictionary(label => label.Account, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var record in new ExchangeLogReader(Path.Combine(folder, "log.jsonl.gz"), problem => throw new LogFormatException(problem.ToString())).Read())
        {
            var label = labels.GetValueOrDefault(record.Account);
            if (label is null || counts.GetValueOrDefault(record.Account) >= AccountTextsMax)
            {
                continue;
            }

            var turns = Turns.Of(record.Request.Messages);
            foreach (var text in (string[])[turns.System, turns.LastUser])
            {
                if (text.Length > 0 && seen.Add(text))
                {
                    counts[record.Account] = counts.GetValueOrDefault(record.Account) + 1;
                    yield return new OrdinaryText($"{folder}/{record.Account}", label, text);
                }
            }
        }
    }
}
