using System.CommandLine;
using System.Globalization;
using Stillgate.Parties.Places;
using Stillgate.Server.Places;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate places update</c>: fetches the sources and puts a new places file in the old one's place.</summary>
internal static class PlacesUpdateCommand
{
    private static readonly Option<string?> Sources = new("--sources") { Description = "The sources, as YAML (docs/operations/places.md); otherwise four packages of npm", HelpName = "FILE" };
    private static readonly Option<string> Npm = new("--npm") { Description = "The npm program", HelpName = "PROGRAM", DefaultValueFactory = _ => "npm" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("update", "Downloads and reads the sources, verifies their hashes, and switches to the new file in one step. Whatever fails leaves the old file.") { PlacesCommand.Places, Sources, Npm, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(PlacesCommand.Places);
        var specs = parsed.GetValue(Sources) is { } file ? PlaceSourcesFile.Read(file) : PlaceSourceSpec.Defaults;
        var update = new PlacesUpdate(new NpmDownload(parsed.GetRequiredValue(Npm), TimeProvider.System), TimeProvider.System);
        try
        {
            await CommandProgress.ShowAsync("places", async progress =>
            {
                await update.RunAsync(specs, path, progress, cancellation).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch (PlacesException cause)
        {
            throw new OperatorException(File.Exists(path) ? $"{cause.Message}; {path} stays as it was" : cause.Message);
        }

        using var index = PlacesIndex.Open(path);
        Print(path, index, parsed.GetValue(Json));
        return ExitCode.Ok;
    }

    private static void Print(string path, PlacesIndex index, bool isJson)
    {
        if (isJson)
        {
            Console.Out.WriteLine(PlacesReport.Sources(path, index));
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length:N0} bytes, {index.RangeCounts.V4:N0} ranges of IPv4, {index.RangeCounts.V6:N0} of IPv6"));
        foreach (var source in index.Sources)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {source.Name,-16} {PlacesReport.Word(source.Says),-8} {source.Version,-18} {source.RangeCount,9:N0} ranges  basis {source.Basis}; {source.Origin}; licence {source.Licence}{(source.Integrity is null ? "" : "; hash verified")}{(source.ContradictionCount == 0 ? "" : $"; contradicts itself {source.ContradictionCount} times, passed over there")}"));
        }

        var bases = index.Sources.Where(source => source.Says == PlaceSays.Country).Select(source => source.Basis).Distinct(StringComparer.Ordinal).Count();
        if (bases < 2)
        {
            Console.Out.WriteLine($"note: the country sources rest on {bases} basis; two are needed for evidence, so every country will be undetermined");
        }

        if (!index.KnowsClasses)
        {
            Console.Out.WriteLine("note: no list of hosting, VPN, relay or Tor was loaded, so the class of network is undetermined");
        }
    }
}
