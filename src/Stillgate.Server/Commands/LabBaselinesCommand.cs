using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Lab.Baselines;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab baselines</c>: what published and obvious detectors make of a composed log.</summary>
internal static class LabBaselinesCommand
{
    private const string Help = """
        Runs the baselines over a composed log and prints, for each, the share of harvesting accounts that it finds when it may flag
        0.1 %, 0.5 %, 1 % and 5 % of the legitimate ones.

        The baselines that learn are taught on --train, which should be of other sources and the other half of the wrappers.

        Example:
          stillgate lab baselines report --train tune
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder that `lab simulate` wrote" };
        var training = new Option<string>("--train") { Description = "Another such folder, to learn from", Required = true };
        var seed = new Option<long>("--seed") { Description = "Seed of hashing and sampling", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print the results as JSON" };
        var command = new Command("baselines", Help) { folder, training, seed, json };
        command.SetAction(async (parsed, stop) =>
        {
            var (from, path, draws) = (parsed.GetRequiredValue(training), parsed.GetRequiredValue(folder), parsed.GetValue(seed));
            var results = await CommandProgress.ShowAsync("Comparing", progress => Task.Run(() => BaselineComparison.Run(from, path, draws, progress, stop), stop));
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
            }
            else
            {
                Print(results);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(IReadOnlyList<BaselineResult> results)
    {
        Line($"{"baseline",-22} {"area",6}   recall at false alarms of {string.Join("  ", results[0].RecallAtFalseAlarms.Keys.Select(level => level.ToString("P1", CultureInfo.InvariantCulture)))}   seconds");
        foreach (var result in results)
        {
            Line($"{result.Name,-22} {result.Area,6:F3}   {string.Join("  ", result.RecallAtFalseAlarms.Values.Select(recall => recall.ToString("P1", CultureInfo.InvariantCulture).PadLeft(7)))}   {result.Seconds,6:F1}");
        }

        foreach (var result in results)
        {
            Line($"{result.Name}, at 1 %: {string.Join(", ", result.RecallByKind.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value.Hits}/{kind.Value.Total}")))}");
            Line($"  false alarms: {string.Join(", ", result.FalseAlarmsByKind.Where(kind => kind.Value.Hits > 0).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value.Hits}/{kind.Value.Total} ({kind.Value.Low:P1} to {kind.Value.High:P1})")))}");
        }
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
