using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab</c>: composing traffic whose truth is known.</summary>
internal static class LabCommand
{
    private const string Help = """
        Composes an exchange log with registrations and the truth about every account.

        Writes log.jsonl.gz, registrations.jsonl, labels.jsonl and manifest.json into --out. The same options over the same texts
        give the same bytes. Scale 1 is 10,000 accounts.

        Examples:
          stillgate lab simulate --out /tmp/traffic --seed 1 --scale 0.1
          stillgate lab simulate --out tune --seed 2 --scale 1 --texts data --exclude-sources fireact_agent,eval_mmlu --wrappers tune
          stillgate lab simulate --out rare --seed 3 --scale 5 --harvest-share 0.005
          stillgate lab simulate --out sweep --seed 4 --scale 1 --harvest-share 0 --rings fixed-prompt:200:0.3,no-identifiers:40
        """;

    public static Command Create()
    {
        var lab = new Command("lab", "Simulated traffic for measuring the detection.");
        lab.Subcommands.Add(CreateSimulate());
        lab.Subcommands.Add(LabEvaluateCommand.Create());
        lab.Subcommands.Add(LabBaselinesCommand.Create());
        lab.Subcommands.Add(LabCalibrateCommand.Create());
        return lab;
    }

    private static Command CreateSimulate()
    {
        var output = new Option<string>("--out") { Description = "Folder to create; must not exist, or be empty", Required = true };
        var seed = new Option<long>("--seed") { Description = "Seed of every draw", DefaultValueFactory = _ => 1 };
        var scale = new Option<double>("--scale") { Description = "Size: 1 is 10,000 accounts", DefaultValueFactory = _ => 0.1 };
        var texts = new Option<string>("--texts") { Description = "builtin, data (the folder that STILLGATE_DATA names) or auto", DefaultValueFactory = _ => "auto" };
        texts.AcceptOnlyFromAmong("builtin", "data", "auto");
        var sources = new Option<string?>("--sources") { Description = "Development sources to use, with commas; the default is all" };
        var excluded = new Option<string?>("--exclude-sources") { Description = "Development sources to leave out, with commas" };
        var days = new Option<int>("--days") { Description = "Days of the log", DefaultValueFactory = _ => 14 };
        var share = new Option<double>("--harvest-share") { Description = "Share of the accounts that harvest; far above life, so that every kind is there", DefaultValueFactory = _ => 0.12 };
        var wrappers = new Option<string>("--wrappers") { Description = "Half of the harvesting wrappers: tune, report or all", DefaultValueFactory = _ => "all" };
        wrappers.AcceptOnlyFromAmong("tune", "report", "all");
        var rings = new Option<string?>("--rings") { Description = "Rings instead of drawn ones: KIND:ACCOUNTS or KIND:ACCOUNTS:COVER, with commas" };
        var json = new Option<bool>("--json") { Description = "Print the manifest as JSON" };
        var command = new Command("simulate", Help) { output, seed, scale, texts, sources, excluded, days, share, wrappers, rings, json };
        command.SetAction((parsed, stop) => Task.FromResult(Simulate(
            new SimulationOptions
            {
                OutputFolder = parsed.GetRequiredValue(output),
                Seed = parsed.GetValue(seed),
                Scale = parsed.GetValue(scale),
                Texts = parsed.GetValue(texts) switch { "builtin" => TextChoice.BuiltIn, "data" => TextChoice.Development, _ => TextChoice.Auto },
                DevelopmentFolder = Environment.GetEnvironmentVariable("STILLGATE_DATA") ?? Path.Combine("..", "shared", "data"),
                Sources = Names(parsed.GetValue(sources)),
                ExcludedSources = Names(parsed.GetValue(excluded)),
                Days = parsed.GetValue(days),
                HarvestShare = parsed.GetValue(share),
                Rings = [.. Names(parsed.GetValue(rings)).Select(RingRequest.Parse)],
                Wrappers = parsed.GetValue(wrappers) switch { "tune" => WrapperHalf.Tune, "report" => WrapperHalf.Report, _ => WrapperHalf.All },
            },
            parsed.GetValue(json),
            stop)));
        return command;
    }

    private static int Simulate(SimulationOptions options, bool asJson, CancellationToken stop)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var summary = Run(new TrafficSimulator(options), clock, stop);
            Print(summary, options.OutputFolder, clock.Elapsed, asJson);
            return ExitCode.Ok;
        }
        catch (SimulationException problem)
        {
            throw new OperatorException(problem.Message);
        }
    }

    private static SimulationSummary Run(TrafficSimulator simulator, Stopwatch clock, CancellationToken stop)
    {
        if (Console.IsErrorRedirected)
        {
            return simulator.Write(progress: null, stop);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().Start("composing", context => simulator.Write(new StatusProgress(context, clock), stop));
    }

    private static void Print(SimulationSummary summary, string folder, TimeSpan elapsed, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, JsonSerializerOptions.Web));
            return;
        }

        var seconds = Math.Max(0.001, elapsed.TotalSeconds);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {summary.Exchanges} exchanges of {summary.Accounts} accounts in {seconds:F1} s ({summary.Exchanges / seconds:F0}/s)"));
        foreach (var (kind, count) in summary.ExchangesByKind)
        {
            var accounts = summary.AccountsByKind.GetValueOrDefault(kind);
            var rings = summary.Rings.GetValueOrDefault(kind);
            var who = rings > 0 ? $"{rings} ring(s)" : $"{accounts} accounts";
            Console.Out.WriteLine($"  {kind,-16} {who,14} {count,10} exchanges");
        }
    }

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private sealed class StatusProgress(StatusContext context, Stopwatch clock) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value)
        {
            if (clock.Elapsed.TotalSeconds > 2)
            {
                context.Status($"composing: {value.Exchanges} exchanges, {value.Share:P0} of the log");
            }
        }
    }
}
