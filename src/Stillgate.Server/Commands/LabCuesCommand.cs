using System.CommandLine;
using Stillgate.Lab.Cueing;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab cues</c>: fits and tests the model of elicitation cues.</summary>
internal static class LabCuesCommand
{
    private const string FitHelp = """
        Fits the model of elicitation cues on written prompts and on what the legitimate accounts of composed logs ask. For developers: the product embeds the result.

        Examples:
          stillgate lab cues fit --prompts eng/cue-prompts --logs cue-151,cue-152 --out cue-model.bin
        """;

    private const string TestHelp = """
        Says how many prompts and how many texts of composed logs give a cue by the model.

        Examples:
          stillgate lab cues test --prompts tests/Stillgate.Tests/Detection/Elicitation/Independent
          stillgate lab cues test --logs /tmp/traffic --model cue-model.bin
        """;

    public static Command Create()
    {
        var cues = new Command("cues", "The model of elicitation cues.");
        cues.Subcommands.Add(CreateFit());
        cues.Subcommands.Add(CreateTest());
        return cues;
    }

    private static Command CreateFit()
    {
        var prompts = new Option<string>("--prompts") { Description = "Folders of prompts, with commas", Required = true };
        var logs = new Option<string>("--logs") { Description = "Folders of composed logs with content, with commas", Required = true };
        var more = new Option<string?>("--teaching-logs") { Description = "The same, of which all teaches; of the others half of the wordings sets the threshold" };
        var output = new Option<string>("--out") { Description = "File to write", Required = true };
        var command = new Command("fit", FitHelp) { prompts, logs, more, output };
        command.SetAction(parsed => Guarded(() =>
        {
            var fit = new CueFit();
            Names(parsed.GetRequiredValue(prompts)).ForEach(fit.AddPrompts);
            Names(parsed.GetRequiredValue(logs)).ForEach(log => fit.AddLog(log, teachesAll: false));
            Names(parsed.GetValue(more) ?? "").ForEach(log => fit.AddLog(log, teachesAll: true));
            using var model = new MemoryStream();
            Console.WriteLine(fit.Write(model, new Lines()));
            File.WriteAllBytes(parsed.GetRequiredValue(output), model.ToArray());
        }));
        return command;
    }

    private static Command CreateTest()
    {
        var prompts = new Option<string?>("--prompts") { Description = "Folder of prompts" };
        var numbers = new Option<int?>("--numbers") { Description = "0: even numbers alone, 1: odd ones" };
        var logs = new Option<string?>("--logs") { Description = "Folders of composed logs with content, with commas" };
        var model = new Option<string?>("--model") { Description = "A model of your own; the default is this build's" };
        var command = new Command("test", TestHelp) { prompts, numbers, logs, model };
        command.SetAction(parsed => Guarded(() =>
        {
            var test = parsed.GetValue(model) is { } file ? CueTest.Of(file) : CueTest.Shipped;
            var lines = parsed.GetValue(prompts) is { } folder ? test.Prompts(folder, parsed.GetValue(numbers)) : [];
            foreach (var line in lines.Concat(Names(parsed.GetValue(logs) ?? "").SelectMany(log => test.Log(log).Prepend(log))))
            {
                Console.WriteLine(line);
            }
        }));
        return command;
    }

    private static int Guarded(Action action)
    {
        try
        {
            action();
            return ExitCode.Ok;
        }
        catch (Exception problem) when (problem is SimulationException or InvalidDataException or IOException)
        {
            throw new OperatorException(problem.Message);
        }
    }

    private static List<string> Names(string value) => [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
