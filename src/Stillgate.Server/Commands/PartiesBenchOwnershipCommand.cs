using System.CommandLine;
using System.Text.Json;
using Stillgate.Parties.Ownership;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties bench-ownership</c>: how fast ownership is worked out at a stated size.</summary>
internal static class PartiesBenchOwnershipCommand
{
    public static Command Create()
    {
        var entities = new Option<int>("--entities") { Description = "Parties.", DefaultValueFactory = _ => 1_000_000 };
        var holdings = new Option<int>("--holdings") { Description = "Holdings among them.", DefaultValueFactory = _ => 3_000_000 };
        var changes = new Option<int>("--changes") { Description = "Holdings changed one by one.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int>("--seed") { Description = "What the graph is drawn from.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("bench-ownership", "Measure ownership over a drawn graph: evaluating all of it, and one change at a time.") { entities, holdings, changes, seed, json };
        command.SetAction(result =>
        {
            foreach (var option in new[] { entities, holdings, changes })
            {
                if (result.GetValue(option) < 1)
                {
                    throw new OperatorException($"{option.Name}: expected one or more");
                }
            }

            var rows = OwnershipBench.Run(result.GetValue(entities), result.GetValue(holdings), result.GetValue(changes), result.GetValue(seed));
            Console.Out.WriteLine(result.GetValue(json)
                ? JsonSerializer.Serialize(rows.ToDictionary(row => row.What, row => row.Measured))
                : "| what | measured |\n|---|---|\n" + string.Join('\n', rows.Select(row => $"| {row.What} | {row.Measured} |")));
            return ExitCode.Ok;
        });
        return command;
    }
}
