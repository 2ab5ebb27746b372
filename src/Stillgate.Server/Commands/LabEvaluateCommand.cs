using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab evaluate</c>: analyses composed logs and compares with the truth.</summary>
internal static class LabEvaluateCommand
{
    private const string Help = """
        Analyses composed logs and compares the findings with the truth: false alarms by kind and language, recall by kind of ring.

        Examples:
          stillgate lab evaluate /tmp/traffic
          stillgate lab evaluate log-1 log-2 log-3 --out docs/figures/detection.md
          stillgate lab evaluate /tmp/traffic --calibration mine.json --show-false-alarms
        """;

    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR") { Description = "Folders that `lab simulate` wrote", Arity = ArgumentArity.OneOrMore };
        var calibration = new Option<string?>("--calibration") { Description = "A calibration of your own; the default is this build's" };
        var output = new Option<string?>("--out") { Description = "Write the page to this file instead of the terminal" };
        var show = new Option<bool>("--show-false-alarms") { Description = "Print the reasons for every false alarm" };
        var command = new Command("evaluate", Help) { folders, calibration, output, show };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(folders),
            parsed.GetValue(calibration) is { } file ? CalibrationSet.Load(file) : CalibrationSet.Shipped,
            parsed.GetValue(output),
            parsed.GetValue(show),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] folders, CalibrationSet calibration, string? output, bool show, CancellationToken stop)
    {
        var reports = new List<EvaluationReport>();
        var lines = new List<string>();
        foreach (var folder in folders)
        {
            var labels = LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).ToDictionary(label => label.Account, StringComparer.Ordinal);
            var run = await AnalyseAsync(folder, calibration, stop).ConfigureAwait(false);
            reports.Add(Evaluator.Evaluate(labels, run.Snapshot));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"`{Path.GetFileName(folder.TrimEnd('/'))}`: {run.Snapshot.ExchangeCount:N0} exchanges of {run.Snapshot.Verdicts.Count:N0} accounts, {run.Snapshot.Campaigns.Count} campaigns, {run.Snapshot.ExchangeCount / run.Elapsed.TotalSeconds:N0} exchanges/s from text"));
            if (show)
            {
                PrintFalseAlarms(labels, run);
            }
        }

        lines.Add(string.Create(CultureInfo.InvariantCulture, $"peak memory of the whole run: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        var page = ReportPage.Write(EvaluationSum.Of(reports), lines, $"{calibration.Name}, {calibration.Accounts:N0} legitimate accounts, {calibration.Groups:N0} control communities.");
        if (output is null)
        {
            Console.Write(page);
        }
        else
        {
            await File.WriteAllTextAsync(output, page, stop).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }

    private static async Task<AnalysisRun> AnalyseAsync(string folder, CalibrationSet calibration, CancellationToken stop)
    {
        var registrations = RegistrationFile.ReadAll(Path.Combine(folder, "registrations.jsonl"), problem => throw new LogFormatException(problem.ToString()));
        var analysis = new LogAnalysis(
            Path.Combine(folder, "log.jsonl.gz"),
            registrations,
            new AnalysisOptions { Calibration = calibration },
            problem => throw new LogFormatException(problem.ToString()));
        return await CommandProgress.ShowAsync("Analysing", progress => analysis.RunAsync(progress, stop)).ConfigureAwait(false);
    }

    private static void PrintFalseAlarms(Dictionary<string, AccountLabel> labels, AnalysisRun run)
    {
        foreach (var verdict in run.Snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null && labels.TryGetValue(verdict.Account, out var label) && !label.Harvest))
        {
            var label = labels[verdict.Account];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict.Account} {label.Kind} {label.Style} {label.Language} {verdict.Campaign} at {verdict.FlaggedAt!.Index} p={verdict.PValue:F5}: {string.Join(' ', verdict.Reasons.Select(reason => reason.Text))}"));
        }
    }
}
