using System.CommandLine;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Decisions;
using Stillgate.Storage.Registrations;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate store</c>: what a store holds besides keys.</summary>
internal static class StoreCommand
{
    private const string Help = """
        Works on a store's folder.

        Examples:
          stillgate store import-registrations --store ./store registrations.jsonl
          stillgate store import-registrations --store ./store customers.csv
        """;

    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Argument<string> File = new("FILE") { Description = "Registrations, one a line, JSON Lines or CSV (docs/formats/exchange-log.md)" };

    public static Command Create()
    {
        var import = new Command("import-registrations", "Puts registrations in; one that is there already is replaced. Bad lines are named and skipped.") { Store, File, Json };
        import.SetAction(Import);
        return new Command("store", Help) { import };
    }

    private static int Import(ParseResult parsed)
    {
        // A line with two mistakes is one line that was skipped.
        var bad = new HashSet<long>();
        var records = RegistrationTable.ReadFile(parsed.GetRequiredValue(File), problem =>
        {
            bad.Add(problem.Line);
            Console.Error.WriteLine($"stillgate: {problem}");
        });
        var count = OpenStore.WithOrMake(parsed.GetRequiredValue(Store), (database, _) => new RegistrationStore(database).Import(records));
        Console.Out.WriteLine(parsed.GetValue(Json)
            ? $$"""{"imported":{{count}},"skipped":{{bad.Count}}}"""
            : $"{count} registrations imported, {bad.Count} {(bad.Count == 1 ? "line" : "lines")} skipped{(count == 0 && bad.Count > 0 ? "; nothing was taken in" : "")}");
        return bad.Count == 0 ? ExitCode.Ok : ExitCode.Problem;
    }
}
