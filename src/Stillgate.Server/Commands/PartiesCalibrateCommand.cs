using System.CommandLine;
using Stillgate.Parties.Screening.Calibration;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties calibrate</c>: fits the weights of the name matcher.</summary>
internal static class PartiesCalibrateCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the development data (sanctions/, name-matching/, account-linking/).", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "File for the fitted model, src/Stillgate.Parties/Screening/Model/name-model.json in the sources.", Required = true };
        var version = new Option<string>("--model-version") { Description = "The version written into the model, for example 2026-11-24.", Required = true };
        var command = new Command("calibrate", "Fit the name matcher's weights on the tuning sources. For developers: the product embeds the result.")
        {
            data, output, version,
        };
        command.SetAction(result =>
        {
            var folder = result.GetRequiredValue(data);
            if (!folder.Exists)
            {
                throw new OperatorException($"{folder.FullName}: no such folder");
            }

            File.WriteAllText(result.GetRequiredValue(output).FullName, NameCalibration.Fit(folder.FullName, result.GetRequiredValue(version)));
            return ExitCode.Ok;
        });
        return command;
    }
}
