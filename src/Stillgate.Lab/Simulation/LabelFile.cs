using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation;

/// <summary>Reads <c>labels.jsonl</c>.</summary>
public static class LabelFile
{
    /// <summary>Reads every label of a file.</summary>
    /// <param name="file">Path of a <c>labels.jsonl</c>.</param>
    /// <returns>The labels in file order.</returns>
    /// <exception cref="SimulationException">The file is missing, or a line is not a label.</exception>
    public static IReadOnlyList<AccountLabel> ReadAll(string file)
    {
        if (InputFile.WrongWith(file) is { } wrong)
        {
            throw new SimulationException(wrong);
        }

        var labels = new List<AccountLabel>();
        foreach (var line in File.ReadLines(file))
        {
            try
            {
                labels.Add(JsonSerializer.Deserialize(line, SimulationJson.Default.AccountLabel)!);
            }
            catch (JsonException cause)
            {
                throw new SimulationException($"{file}:{labels.Count + 1}: not a label", cause);
            }
        }

        return labels;
    }
}
