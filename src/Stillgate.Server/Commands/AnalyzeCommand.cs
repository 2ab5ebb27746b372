using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate analyze</c>: from an exchange log to verdicts and campaigns.</summary>
internal static class AnalyzeCommand
{
    private const int ProblemsShown = 20;

    private const string Help = """
        Analyses an exchange log: who harvests, alone or as a ring, and why.

        Writes verdicts.jsonl, campaigns.jsonl and summary.json into --out. A bad line is named, counted and skipped.

        Examples:
          stillgate analyze log.jsonl.gz --registrations registrations.jsonl --out findings
          stillgate analyze ./store/exchanges --sketch-key ./store/sketch.key --out findings --json
          stillgate analyze big.jsonl.zst --out findings --checkpoint big.checkpoint
        """;

    public static Command Create()
    {
        var log = new Argument<string>("LOG") { Description = "An exchange log (.jsonl, .jsonl.gz, .jsonl.zst), or a folder of them" };
        var registrations = new Option<string?>("--registrations") { Description = "What is known of the accounts, one a line" };
        var output = new Option<string>("--out") { Description = "Folder for the findings; created where missing", Required = true };
        var calibration = new Option<string?>("--calibration") { Description = "A calibration of your own; the default is this build's" };
        var background = new Option<string?>("--background") { Description = "Known harness and framework prompts, one a line: sharing them links nobody" };
        var sketchKey = BackgroundCommand.SketchKeyOption();
        var strict = new Option<bool>("--strict") { Description = "Stop at the first bad line, with exit 2" };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Keep the state in this file, and go on from it where it fits the log: after a kill, or when the log has grown" };
        var every = new Option<long>("--checkpoint-every") { Description = "Exchanges between two checkpoints", DefaultValueFactory = _ => 5_000_000 };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON" };
        var command = new Command("analyze", Help) { log, registrations, output, calibration, background, sketchKey, checkpoint, every, strict, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(log),
            parsed.GetValue(registrations),
            parsed.GetRequiredValue(output),
            new AnalysisOptions
            {
                Calibration = parsed.GetValue(calibration) is { } file ? CalibrationSet.Load(file) : CalibrationSet.Shipped,
                BackgroundFile = parsed.GetValue(background),
                SketchKey = BackgroundCommand.SketchKeyOf(parsed.GetValue(sketchKey)),
            },
            parsed.GetValue(checkpoint) is { } kept ? new CheckpointOptions(kept, parsed.GetValue(every), Console.Error.WriteLine) : null,
            parsed.GetValue(strict),
            parsed.GetValue(json),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string log, string? registrations, string output, AnalysisOptions options, CheckpointOptions? checkpoint, bool strict, bool json, CancellationToken stop)
    {
        var problems = new ProblemPrinter(ProblemsShown, strict);
        var known = registrations is null ? [] : RegistrationTable.ReadFile(registrations, problems.Print);
        var analysis = new LogAnalysis(log, known, options, problems.Print) { Checkpoint = checkpoint };
        OutputFolder.Check(output);
        SketchKeyNotice.Tell(log, options.SketchKey);
        var run = await CommandProgress.ShowAsync("Analysing", progress => analysis.RunAsync(progress, stop)).ConfigureAwait(false);
        var summary = new AnalysisSummary(run, options, known, problems.Count);
        try
        {
            FindingsWriter.Write(output, run.Snapshot, summary.Write);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{output}: cannot be written: {cause.Message}");
        }

        problems.PrintRest();
        Print(run, summary, output, json);
        return ExitCode.Ok;
    }

    private static void Print(AnalysisRun run, AnalysisSummary summary, string output, bool json)
    {
        if (json)
        {
            using var stdout = Console.OpenStandardOutput();
            using var writer = new Utf8JsonWriter(stdout, new JsonWriterOptions { Indented = true });
            writer.WriteStartObject();
            summary.Write(writer);
            writer.WriteEndObject();
            writer.Flush();
            stdout.WriteByte((byte)'\n');
            return;
        }

        var verdicts = run.Snapshot.Verdicts;
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Snapshot.ExchangeCount:N0} exchanges of {verdicts.Count:N0} accounts in {run.Elapsed.TotalSeconds:F1} s ({summary.ExchangesPerSecond:N0}/s, peak {summary.PeakMemoryBytes >> 20:N0} MiB)"));
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdicts.Count(v => v.Verdict == Verdict.Harvest):N0} harvest, {verdicts.Count(v => v.Verdict == Verdict.Watch):N0} watch, {verdicts.Count(v => v.Verdict == Verdict.Clear):N0} clear; {run.Snapshot.Campaigns.Count:N0} campaigns"));
        if (run.Snapshot.Campaigns.Count > 0)
        {
            AnsiConsole.Write(CampaignTable.Create(run.Snapshot.Campaigns));
        }

        foreach (var alarm in run.Snapshot.Fit.Alarms)
        {
            AnsiConsole.WriteLine($"Look: {alarm}");
        }

        AnsiConsole.WriteLine($"Findings: {output}. An inference, not an attribution: each line says why.");
    }
}
