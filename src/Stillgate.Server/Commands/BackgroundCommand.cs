using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Detection.Background;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate background</c>: the list of prompts that are public property.</summary>
internal static class BackgroundCommand
{
    private const int ProblemsShown = 20;

    private const string Help = """
        Keeps the list of harness, framework and tutorial prompts: sharing one links nobody (docs/formats/background.md).

        Examples:
          stillgate background learn ./store/exchanges --sketch-key ./store/sketch.key --registrations registrations.jsonl --file background.json
          stillgate background list background.json
          stillgate background add background.json --prompts harnesses.txt
          stillgate background refuse background.json 0b5c6e7f8a91
        """;

    private static readonly Argument<string> List = new("FILE") { Description = "The list, JSON" };
    private static readonly Option<string> ListToChange = new("--file") { Description = "The list: extended where it exists, created where not", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create() => new("background", Help) { CreateLearn(), CreateList(), CreateAdd(), CreateRefuse() };

    private static Command CreateLearn()
    {
        var log = new Argument<string>("LOG") { Description = "An exchange log, or a folder of them" };
        var registrations = new Option<string?>("--registrations") { Description = "What is known of the accounts: without it nobody counts as independent, and nothing is learnt" };
        var sketchKey = SketchKeyOption();
        var command = new Command("learn", "Adds what a log teaches: prompts that many independent accounts use.") { log, ListToChange, registrations, sketchKey, Json };
        command.SetAction((parsed, stop) => LearnAsync(
            parsed.GetRequiredValue(log), parsed.GetRequiredValue(ListToChange), parsed.GetValue(registrations), SketchKeyOf(parsed.GetValue(sketchKey)), parsed.GetValue(Json), stop));
        return command;
    }

    /// <summary>The option that names the key of a log's sketches.</summary>
    public static Option<string?> SketchKeyOption() => new("--sketch-key") { Description = "The store's sketch.key, for a log without content", HelpName = "FILE" };

    /// <summary>The key that the option names.</summary>
    public static SketchKey SketchKeyOf(string? file) => file is null ? SketchKey.Public : SketchKeyFile.Load(file);

    private static Command CreateList()
    {
        var command = new Command("list", "Shows the list.") { List, Json };
        command.SetAction(parsed =>
        {
            Print(BackgroundSet.Load(parsed.GetRequiredValue(List)), parsed.GetValue(Json), everything: true);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateAdd()
    {
        var prompts = new Option<string>("--prompts") { Description = "Prompts to add, one a line, \\n for a line break", Required = true };
        var command = new Command("add", "Adds the operator's own prompts.") { List, prompts, Json };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(List);
            var set = LoadOrNew(file);
            var added = BackgroundSet.Load(parsed.GetRequiredValue(prompts)).Prompts.Except(set.Prompts, StringComparer.Ordinal).ToArray();
            return Change(file, set, added.Length == 0 ? set : set with { Version = set.Version + 1, Prompts = [.. set.Prompts, .. added] }, parsed.GetValue(Json));
        });
        return command;
    }

    private static Command CreateRefuse()
    {
        var anchor = new Argument<string>("ANCHOR") { Description = "Twelve hexadecimal digits, as the list shows them" };
        var command = new Command("refuse", "Takes an anchor off the list and keeps it from ever being learnt again.") { List, anchor, Json };
        command.SetAction(parsed =>
        {
            var (file, word) = (parsed.GetRequiredValue(List), parsed.GetRequiredValue(anchor));
            if (!BackgroundSet.TryParse(word, out _))
            {
                throw new OperatorException($"ANCHOR: expected twelve hexadecimal digits, not “{word}”");
            }

            var set = BackgroundSet.Load(file);
            var known = set.Refused.Contains(word, StringComparer.OrdinalIgnoreCase);
            return Change(file, set, known ? set : set with
            {
                Version = set.Version + 1,
                Learnt = [.. set.Learnt.Where(entry => !string.Equals(entry.Anchor, word, StringComparison.OrdinalIgnoreCase))],
                Refused = [.. set.Refused, word.ToLowerInvariant()],
            }, parsed.GetValue(Json));
        });
        return command;
    }

    private static async Task<int> LearnAsync(string log, string file, string? registrations, SketchKey key, bool json, CancellationToken stop)
    {
        var problems = new ProblemPrinter(ProblemsShown, strict: false);
        var known = registrations is null ? [] : RegistrationTable.ReadFile(registrations, problems.Print);
        var set = LoadOrNew(file);
        var options = new AnalysisOptions { Calibration = CalibrationSet.Shipped, SketchKey = key, BackgroundFile = File.Exists(file) ? file : null };
        var analysis = new LogAnalysis(log, known, options, problems.Print);
        SketchKeyNotice.Tell(log, key);
        var run = await CommandProgress.ShowAsync("Learning", progress => analysis.RunAsync(progress, stop)).ConfigureAwait(false);
        problems.PrintRest();
        return Change(file, set, set.With(run.Engine.LearntBackground, key.Id), json);
    }

    private static BackgroundSet LoadOrNew(string file) =>
        File.Exists(file) ? BackgroundSet.Load(file) : new BackgroundSet { Name = Path.GetFileNameWithoutExtension(file), Version = 0 };

    private static int Change(string file, BackgroundSet before, BackgroundSet after, bool json)
    {
        if (after != before || !File.Exists(file))
        {
            after.Save(file);
        }

        Print(after, json, everything: false);
        return ExitCode.Ok;
    }

    private static void Print(BackgroundSet set, bool json, bool everything)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(set, JsonSerializerOptions.Web));
            return;
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{set.Name}, version {set.Version}: {set.Prompts.Count:N0} prompts of the operator, {set.Learnt.Count:N0} learnt anchors, {set.Refused.Count:N0} refused"));
        if (everything)
        {
            foreach (var entry in set.Learnt)
            {
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Anchor}  learnt {entry.LearntAt.UtcDateTime:yyyy-MM-dd}  {entry.Independent} of {entry.Users} users independent, subjects {entry.SubjectShare:P0} their own"));
            }

            foreach (var prompt in set.Prompts)
            {
                Console.Out.WriteLine($"prompt        {(prompt.Length > 100 ? prompt[..100] + "…" : prompt).ReplaceLineEndings(" ")}");
            }

            foreach (var refused in set.Refused)
            {
                Console.Out.WriteLine($"{refused}  refused");
            }
        }
    }
}
