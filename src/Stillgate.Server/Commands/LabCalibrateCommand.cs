using System.CommandLine;
using System.Globalization;
using Stillgate.Lab.Calibration;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab calibrate</c>: builds a calibration.</summary>
internal static class LabCalibrateCommand
{
    private const string Help = """
        Builds a calibration: fits the models on some composed logs and takes the controls from the legitimate side of others.

        Examples:
          stillgate lab calibrate --fit tune-1,tune-2 --controls control-1,control-2 --name composed-2026-11 --out calibration.json
        """;

    public static Command Create()
    {
        var fit = new Option<string>("--fit") { Description = "Folders of composed logs that teach the models, with commas", Required = true };
        var controls = new Option<string>("--controls") { Description = "Folders of composed logs whose legitimate side is control, with commas", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the calibration", Required = true };
        var origin = new Option<string>("--origin") { Description = "What it was built from, in words", DefaultValueFactory = _ => "composed logs" };
        var groupAlpha = new Option<double>("--group-alpha") { Description = "Chance granted that a legitimate community of accounts is ever named", DefaultValueFactory = _ => CalibrationBuilder.GroupAlphaUsual };
        var accountAlpha = new Option<double>("--account-alpha") { Description = "Chance granted that a legitimate account is ever flagged on its own behaviour", DefaultValueFactory = _ => CalibrationBuilder.AccountAlphaUsual };
        var output = new Option<string>("--out") { Description = "File to write", Required = true };
        var explain = new Option<int>("--explain") { Description = "Print so many of the hardest groups of either side", DefaultValueFactory = _ => 0 };
        var table = new Option<string?>("--group-table") { Description = "Write every group measured to this CSV file" };
        var command = new Command("calibrate", Help) { fit, controls, name, origin, groupAlpha, accountAlpha, output, explain, table };
        command.SetAction(async (parsed, stop) =>
        {
            var builder = new CalibrationBuilder(parsed.GetRequiredValue(name), parsed.GetRequiredValue(origin))
            {
                GroupAlpha = parsed.GetValue(groupAlpha),
                AccountAlpha = parsed.GetValue(accountAlpha),
            };
            await AddAllAsync(builder, parsed.GetRequiredValue(fit), CalibrationPart.Fit, stop).ConfigureAwait(false);
            await AddAllAsync(builder, parsed.GetRequiredValue(controls), CalibrationPart.Controls, stop).ConfigureAwait(false);
            var set = builder.Build();
            await File.WriteAllBytesAsync(parsed.GetRequiredValue(output), set.ToJson(), stop).ConfigureAwait(false);
            if (parsed.GetValue(table) is { } tableFile)
            {
                await File.WriteAllLinesAsync(tableFile, builder.GroupTable(), stop).ConfigureAwait(false);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Name}: {set.Accounts:N0} legitimate accounts, {set.Groups:N0} control communities"));
            PrintWeights(set.GroupModel.Features, set.GroupModel.Weights, set.GroupModel.Bias);
            foreach (var band in set.AccountBands)
            {
                PrintWeights(band.StructureModel.Features, band.StructureModel.Weights, band.StructureModel.Bias);
            }

            PrintWeights(set.ElicitationModel.Features, set.ElicitationModel.Weights, set.ElicitationModel.Bias);
            foreach (var line in builder.HardestControls(set, parsed.GetValue(explain)).Append("--").Concat(builder.HardestHarvests(set, parsed.GetValue(explain))))
            {
                Console.WriteLine(line);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task AddAllAsync(CalibrationBuilder builder, string folders, CalibrationPart part, CancellationToken stop)
    {
        foreach (var folder in folders.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await CommandProgress.ShowAsync($"Measuring {folder}", async progress =>
            {
                await builder.AddAsync(folder, part, progress, stop).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
    }

    private static void PrintWeights(IReadOnlyList<string> names, IReadOnlyList<double> weights, double bias) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bias {bias:F2} ") + string.Join(' ', names.Zip(weights)
            .Where(pair => pair.Second != 0)
            .OrderByDescending(pair => Math.Abs(pair.Second))
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First}={pair.Second:F2}"))));
}
