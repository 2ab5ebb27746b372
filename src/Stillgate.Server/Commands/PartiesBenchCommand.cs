using System.CommandLine;
using System.Text.Json;
using Stillgate.Parties.Screening.Calibration;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties bench</c>: how fast screening is against lists of a stated size.</summary>
internal static class PartiesBenchCommand
{
    private const int NamesDefault = 100_000;
    private const int QueriesDefault = 5_000;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the development data.", Required = true };
        var names = new Option<int>("--names") { Description = "Listed names; real lists first, then synthetic ones.", DefaultValueFactory = _ => NamesDefault };
        var queries = new Option<int>("--queries") { Description = "Names to screen.", DefaultValueFactory = _ => QueriesDefault };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("bench", "Measure screening: names a second, median and 99th percentile of one name, recall of the candidate search.") { data, names, queries, json };
        command.SetAction(result =>
        {
            var folder = result.GetRequiredValue(data);
            if (!folder.Exists)
            {
                throw new OperatorException($"{folder.FullName}: no such folder");
            }

            var measured = ScreeningBench.Run(folder.FullName, result.GetValue(names), result.GetValue(queries), TimeProvider.System);
            Console.Out.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(measured) : measured.ToMarkdown());
            return ExitCode.Ok;
        });
        return command;
    }
}
