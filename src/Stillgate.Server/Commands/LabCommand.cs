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
          stillgate lab simulate --out other --seed 6 --style contrast
          stillgate lab simulate --out adapt --seed 5 --scale 0.05 --harvest-share 0 --rings paraphrase:32:each=200:wordings=32:jitter=7:distinct
          stillgate lab simulate --out search --seed 7 --scale 0.05 --harvest-share 0 --wrappers report --rings technique-search:6:each=2000
        """;

    public static Command Create()
    {
        var lab = new Command("lab", "Simulated traffic for measuring the detection.");
        lab.Subcommands.Add(CreateSimulate());
        lab.Subcommands.Add(LabEvaluateCommand.Create());
        lab.Subcommands.Add(LabFiguresCommand.Create());
        lab.Subcommands.Add(LabScaleCommand.Create());
        lab.Subcommands.Add(LabBaselinesCommand.Create());
        lab.Subcommands.Add(LabCalibrateCommand.Create());
        lab.Subcommands.Add(LabCuesCommand.Create());
        lab.Subcommands.Add(LabLogitTheftCommand.Create());
        return lab;
    }

    private static Command CreateSimulate()
    {
        var output = new Option<string>("--out") { Description = "Folder to create; must not exist, or be empty", Required = true };
        var seed = new Option<long>("--seed") { Description = "Seed of every draw", DefaultValueFactory = _ => 1 };
        var scale = new Option<double>("--scale") { Description = "Size: 1 is 10,000 accounts", DefaultValueFactory = _ => 0.1 };
        var texts = LabTexts.Options();
        var excluded = new Option<string?>("--exclude-sources") { Description = "Development sources to leave out, with commas" };
        var days = new Option<int>("--days") { Description = "Days of the log", DefaultValueFactory = _ => 14 };
        var share = new Option<double>("--harvest-share") { Description = "Share of the accounts that harvest; far above life, so that every kind is there", DefaultValueFactory = _ => 0.12 };
        var style = new Option<CompositionStyle>("--style") { Description = "standard, or contrast: another population, in a log that leaves members out", DefaultValueFactory = _ => CompositionStyle.Standard };
        var rings = new Option<string?>("--rings") { Description = "Rings instead of drawn ones, with commas: KIND:ACCOUNTS, then any of :COVER, :each=EXCHANGES, :wordings=COUNT, :jitter=DAYS, :distinct" };
        var json = new Option<bool>("--json") { Description = "Print the manifest as JSON" };
        var command = new Command("simulate", Help) { output, seed, scale, texts.Texts, texts.Sources, excluded, days, share, style, texts.Wrappers, rings, json };
        command.SetAction((parsed, stop) => Task.FromResult(Simulate(
            texts.Read(parsed) with
            {
                OutputFolder = parsed.GetRequiredValue(output),
                Seed = parsed.GetValue(seed),
                Scale = parsed.GetValue(scale),
                ExcludedSources = LabTexts.Names(parsed.GetValue(excluded)),
                Days = parsed.GetValue(days),
                HarvestShare = parsed.GetValue(share),
                Style = parsed.GetValue(style),
                Rings = [.. LabTexts.Names(parsed.GetValue(rings)).Select(RingRequest.Parse)],
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
