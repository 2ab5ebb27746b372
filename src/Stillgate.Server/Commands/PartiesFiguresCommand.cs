using System.CommandLine;
using Stillgate.Parties.Screening.Calibration;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties figures</c>: measures screening on the reporting sources.</summary>
internal static class PartiesFiguresCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the development data.", Required = true };
        var errors = new Option<bool>("--errors") { Description = "Print every pair judged wrongly instead of the tables." };
        var tuning = new Option<bool>("--tuning") { Description = "Measure on the tuning sources; such figures flatter." };
        var plot = new Option<FileInfo?>("--plot") { Description = "Also write precision against recall by script, as SVG." };
        var hand = new Option<FileInfo?>("--pairs") { Description = "Pairs written by hand, left,right,schema,same,set, for a table of their own." };
        var command = new Command("figures", "Measure the quality of screening on sources that nothing was tuned on, as Markdown.") { data, errors, tuning, plot, hand };
        command.SetAction(result =>
        {
            var folder = result.GetRequiredValue(data);
            if (!folder.Exists)
            {
                throw new OperatorException($"{folder.FullName}: no such folder");
            }

            if (!result.GetValue(errors))
            {
                Console.Out.Write(PartiesListFiles.Guarded(() => ScreeningFigures.Quality(folder.FullName, result.GetValue(tuning), result.GetValue(plot)?.FullName, result.GetValue(hand)?.FullName)));
                return ExitCode.Ok;
            }

            foreach (var line in ScreeningFigures.Errors(folder.FullName, result.GetValue(tuning)))
            {
                Console.Out.WriteLine(line);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
