using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Detection.Calibrating;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate calibrate</c>: the operator's own accounts as the controls.</summary>
internal static class CalibrateCommand
{
    private const int ProblemsShown = 20;

    private const string Help = """
        Builds a calibration from your own history, without labels: the models stay, and the scores that verdicts are compared with become those
        of your own accounts (docs/formats/calibration.md). Leave out what you know to harvest.

        Examples:
          stillgate calibrate /var/lib/stillgate/exchanges --sketch-key store/sketch.key --registrations registrations.jsonl --name own-2026-11 --out own.json
          stillgate calibrate log.jsonl.gz --name own-2026-11 --exclude known-bad.txt --out own.json
          stillgate analyze log.jsonl.gz --calibration own.json --out findings
        """;

    public static Command Create()
    {
        var log = new Argument<string>("LOG") { Description = "An exchange log, or a folder of them" };
        var name = new Option<string>("--name") { Description = "Name of the calibration; a new one stands beside the last, never over it", Required = true };
        var output = new Option<string>("--out") { Description = "File to write; must not exist", Required = true };
        var registrations = new Option<string?>("--registrations") { Description = "What is known of the accounts" };
        var exclude = new Option<string?>("--exclude") { Description = "Accounts to leave out, one a line" };
        var keep = new Option<bool>("--keep-flagged") { Description = "Keep flagged accounts as controls: you have looked at them all, and named the harvesters" };
        var groupAlpha = new Option<double?>("--group-alpha") { Description = "Chance granted that a control group is ever named; the default is the base's" };
        var accountAlpha = new Option<double?>("--account-alpha") { Description = "Chance granted that a legitimate account is ever flagged on its own; the default is the base's" };
        foreach (var alpha in (Option<double?>[])[groupAlpha, accountAlpha])
        {
            alpha.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<double?>() is not (null or (> 0 and < 1)))
                {
                    result.AddError($"{alpha.Name}: expected a number above 0 and below 1");
                }
            });
        }

        var baseFile = new Option<string?>("--base") { Description = "The calibration whose models to use; the default is this build's" };
        var background = new Option<string?>("--background") { Description = "Known harness and framework prompts" };
        var sketchKey = BackgroundCommand.SketchKeyOption();
        var json = new Option<bool>("--json") { Description = "Print what was built as JSON" };
        var command = new Command("calibrate", Help) { log, name, output, registrations, exclude, keep, groupAlpha, accountAlpha, baseFile, background, sketchKey, json };
        command.SetAction((parsed, stop) =>
        {
            var set = parsed.GetValue(baseFile) is { } file ? CalibrationSet.Load(file) : CalibrationSet.Shipped;
            var target = parsed.GetRequiredValue(output);
            if (File.Exists(target))
            {
                throw new OperatorException($"{target}: is there already; a calibration is never written over");
            }

            return RunAsync(
                parsed.GetRequiredValue(log),
                parsed.GetValue(registrations),
                target,
                new HistoryCalibration(set, new HistoryOptions
                {
                    Name = parsed.GetRequiredValue(name),
                    Origin = "own history",
                    Excluded = ReadAccounts(parsed.GetValue(exclude)),
                    KeepFlagged = parsed.GetValue(keep),
                    GroupAlpha = parsed.GetValue(groupAlpha),
                    AccountAlpha = parsed.GetValue(accountAlpha),
                }),
                new AnalysisOptions { Calibration = set, BackgroundFile = parsed.GetValue(background), SketchKey = BackgroundCommand.SketchKeyOf(parsed.GetValue(sketchKey)) },
                parsed.GetValue(json),
                stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string log, string? registrations, string output, HistoryCalibration history, AnalysisOptions analysis, bool json, CancellationToken stop)
    {
        var problems = new ProblemPrinter(ProblemsShown, strict: false);
        var known = registrations is null ? [] : RegistrationTable.ReadFile(registrations, problems.Print);
        SketchKeyNotice.Tell(log, analysis.SketchKey);
        HistoryResult result;
        try
        {
            result = await CommandProgress.ShowAsync("Calibrating", progress => history.BuildAsync(log, known, analysis, problems.Print, progress, stop)).ConfigureAwait(false);
        }
        catch (CalibrationSizeException cause)
        {
            throw new OperatorException($"{log}: {cause.Message}");
        }

        problems.PrintRest();
        Write(output, result.Calibration);
        foreach (var account in result.UnknownExclusions)
        {
            await Console.Error.WriteLineAsync($"stillgate: --exclude: the log has no account “{account}”").ConfigureAwait(false);
        }

        Print(result, output, json);
        return ExitCode.Ok;
    }

    private static void Write(string output, CalibrationSet set)
    {
        try
        {
            var partial = output + ".partial";
            File.WriteAllBytes(partial, set.ToJson());
            File.Move(partial, output, overwrite: false);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{output}: cannot be written: {cause.Message}");
        }
    }

    private static void Print(HistoryResult result, string output, bool json)
    {
        var set = result.Calibration;
        Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(
                new { name = set.Name, origin = set.Origin, accounts = set.Accounts, groups = set.Groups, peerClasses = set.PeerClassSizes, flagged = result.FlaggedCount, file = output },
                JsonSerializerOptions.Web)
            : string.Create(CultureInfo.InvariantCulture, $"{set.Name}: {set.Accounts:N0} accounts, {set.Groups:N0} control communities, {result.FlaggedCount:N0} accounts flagged by the base. Written to {output}."));
    }

    private static HashSet<string> ReadAccounts(string? file)
    {
        try
        {
            return file is null ? [] : File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file}: cannot be read: {cause.Message}");
        }
    }
}
