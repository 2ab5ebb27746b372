using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Detection.Evidence;
using Stillgate.Lab.Figures;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab figures</c>: the detection's published page with its charts.</summary>
internal static class LabFiguresCommand
{
    private const string Help = """
        Measures what the detection's published page shows, in one run over the same logs, and writes the page with its charts: the analysis,
        the baselines, the analysis without each family of signals, and adaptive attackers.

        Parts can be left out for a quick look: without --train there are no baselines, with --no-ablation and --no-attackers neither of those.

        Examples:
          stillgate lab figures log-1 log-2 --train tune --out docs/figures/detection.md
          stillgate lab figures log-1 --no-attackers --no-ablation --out /tmp/quick.md
        """;

    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR") { Description = "Folders that `lab simulate` wrote", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "The page to write; charts lie beside it", Required = true };
        var training = new Option<string?>("--train") { Description = "Another such folder, of the tuning half, for the baselines to learn from" };
        var languages = new Option<string[]>("--language-logs") { Description = "More such folders, which languages alone are compared on", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var calibration = new Option<string?>("--calibration") { Description = "A calibration of your own; the default is this build's" };
        var noAblation = new Option<bool>("--no-ablation") { Description = "Leave out the analysis without each family of signals" };
        var noAttackers = new Option<bool>("--no-attackers") { Description = "Leave out the adaptive attackers" };
        var seeds = new Option<long[]>("--attack-seeds") { Description = "Seeds of the adaptive attackers", DefaultValueFactory = _ => [401, 402], AllowMultipleArgumentsPerToken = true };
        var texts = LabTexts.Options();
        var json = new Option<bool>("--json") { Description = "Print the parts that ran as JSON" };
        var command = new Command("figures", Help) { folders, output, training, languages, calibration, noAblation, noAttackers, seeds, texts.Texts, texts.Sources, texts.Wrappers, json };
        command.SetAction((parsed, stop) => RunAsync(
            new DetectionFiguresOptions
            {
                Folders = parsed.GetRequiredValue(folders),
                TrainingFolder = parsed.GetValue(training),
                LanguageFolders = parsed.GetRequiredValue(languages),
                Calibration = parsed.GetValue(calibration) is { } file ? CalibrationSet.Load(file) : CalibrationSet.Shipped,
                Ablates = !parsed.GetValue(noAblation),
                AttackTexts = parsed.GetValue(noAttackers) ? null : texts.Read(parsed),
                AttackSeeds = parsed.GetRequiredValue(seeds),
                OnPart = Console.IsErrorRedirected ? null : part => Console.Error.WriteLine(part),
            },
            parsed.GetRequiredValue(output),
            parsed.GetValue(json),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(DetectionFiguresOptions options, string page, bool asJson, CancellationToken stop)
    {
        try
        {
            var parts = await new DetectionFigures(options).WriteAsync(page, stop).ConfigureAwait(false);
            Console.Out.WriteLine(asJson
                ? JsonSerializer.Serialize(new { page, parts }, JsonSerializerOptions.Web)
                : string.Create(CultureInfo.InvariantCulture, $"{page}: {string.Join("; ", parts)}"));
            return ExitCode.Ok;
        }
        catch (AggregateException problems) when (problems.Flatten().InnerExceptions is [SimulationException problem, ..])
        {
            throw new OperatorException(problem.Message);
        }
        catch (SimulationException problem)
        {
            throw new OperatorException(problem.Message);
        }
    }
}
