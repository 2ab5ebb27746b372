using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab evaluate</c>: analyses a composed log and compares with the truth.</summary>
internal static class LabEvaluateCommand
{
    private const string Help = """
        Analyses a composed log and prints false alarms by kind and language, and recall by kind of ring.

        Examples:
          stillgate lab evaluate /tmp/traffic
          stillgate lab evaluate /tmp/traffic --calibration mine.json --show false-alarms
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder that `lab simulate` wrote" };
        var calibration = new Option<string?>("--calibration") { Description = "A calibration of your own; the default is this build's" };
        var show = new Option<bool>("--show-false-alarms") { Description = "Print the reasons for every false alarm" };
        var command = new Command("evaluate", Help) { folder, calibration, show };
        command.SetAction(async (parsed, stop) =>
        {
            var path = parsed.GetRequiredValue(folder);
            var labels = LabelFile.ReadAll(Path.Combine(path, "labels.jsonl")).ToDictionary(label => label.Account, StringComparer.Ordinal);
            var registrations = RegistrationFile.ReadAll(Path.Combine(path, "registrations.jsonl"), problem => throw new LogFormatException(problem.ToString()));
            var options = parsed.GetValue(calibration) is { } file ? new AnalysisOptions { Calibration = CalibrationSet.Load(file) } : new AnalysisOptions { Calibration = CalibrationSet.Shipped };
            var analysis = new LogAnalysis(Path.Combine(path, "log.jsonl.gz"), registrations, options, problem => throw new LogFormatException(problem.ToString()));
            var run = await CommandProgress.ShowAsync("Analysing", progress => analysis.RunAsync(progress, stop)).ConfigureAwait(false);
            var report = Evaluator.Evaluate(labels, run.Snapshot);
            Print(report, run);
            if (parsed.GetValue(show))
            {
                PrintFalseAlarms(labels, run);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(EvaluationReport report, AnalysisRun run)
    {
        Line($"{run.Snapshot.ExchangeCount:N0} exchanges, {run.Snapshot.Verdicts.Count:N0} accounts, {run.Snapshot.Campaigns.Count} campaigns, {run.Elapsed.TotalSeconds:F1} s");
        Line($"rings {Text(report.RingRecall)}; median served {report.MedianServedShare:P1}; false alarms {Text(report.FalseAlarms)}");
        Line($"pairs: precision {Text(report.PairPrecision)}, recall {Text(report.PairRecall)}, harvest-to-legitimate {report.HarvestLegitimatePairs:N0}");
        Line($"loud single harvesters by 128: {Text(report.LoudBy128)}; undecidable flagged: {Text(report.UndecidableFlagged)}");
        PrintTable("ring kind", report.RecallByRingKind, report.Rings.GroupBy(ring => ring.Kind).ToDictionary(same => same.Key, same => same.Select(ring => ring.ServedShare).Order().ElementAt(same.Count() / 2)));
        PrintTable("single harvesters", report.RecallBySingleKind, null);
        PrintTable("false alarms by kind", report.FalseAlarmsByKind, null);
        PrintTable("false alarms by language", report.FalseAlarmsByLanguage, null);
    }

    private static void PrintTable(string title, IReadOnlyDictionary<string, Rate> rates, Dictionary<string, double>? served)
    {
        Line($"{title}:");
        foreach (var (key, rate) in rates)
        {
            Line($"  {key,-18} {Text(rate)}{(served is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  served {served[key]:P1}"))}");
        }
    }

    private static void PrintFalseAlarms(Dictionary<string, AccountLabel> labels, AnalysisRun run)
    {
        foreach (var verdict in run.Snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null && labels.TryGetValue(verdict.Account, out var label) && !label.Harvest))
        {
            var label = labels[verdict.Account];
            Line($"{verdict.Account} {label.Kind} {label.Style} {label.Language} {verdict.Campaign} at {verdict.FlaggedAt!.Index} p={verdict.PValue:F5}: {string.Join(' ', verdict.Reasons.Select(reason => reason.Code + "(" + reason.Text + ")"))}");
        }
    }

    private static string Text(Rate rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{rate.Hits}/{rate.Total} {rate.Share:P2} [{rate.Low:P2}, {rate.High:P2}]");

    private static void Line(FormattableString text) => AnsiConsole.Profile.Out.Writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
