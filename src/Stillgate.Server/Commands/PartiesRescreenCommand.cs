using System.CommandLine;
using System.Text.Json;
using Stillgate.Parties.Lists;
using Stillgate.Parties.Registry;
using Stillgate.Server.Decisions;
using Stillgate.Storage.Registry;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties rescreen</c>: every party of a store against a version of a list.</summary>
internal static class PartiesRescreenCommand
{
    private const string Help = """
        Screens every party of a store against a list, and keeps what came of it as statements: clear, or possible. A possible match is not known to the rules until a
        person imports a screening that confirms or clears it; a judgement on the same entry is carried over to the new version. Exit 1 where a match waits for a person.

        Example:
          stillgate parties rescreen sdn.csv --name ofac-sdn --store ./store
          stillgate parties rescreen new/sdn.csv --since old/sdn.csv --name ofac-sdn --store ./store
        """;

    public static Command Create()
    {
        var file = new Argument<string>("LIST") { Description = "A list file, as 'parties screen' reads it" };
        var name = new Option<string>("--name") { Description = "The list's name, as policies name it", Required = true };
        var store = new Option<string>("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
        var since = new Option<string?>("--since") { Description = "The version before: only parties whose verdict the difference can touch are screened again, the others' is repeated", HelpName = "LIST" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("rescreen", Help) { file, since, name, store, json };
        command.SetAction(async (parsed, stop) =>
        {
            var list = PartiesListFiles.Read(parsed.GetRequiredValue(file));
            var before = parsed.GetValue(since) is { } older ? PartiesListFiles.Read(older) : null;
            var (statements, names) = await CommandProgress.ShowAsync("Screening", progress => Task.Run(
                () => OpenStore.With(parsed.GetRequiredValue(store), (database, folder) =>
                {
                    var book = new DecisionLoader(database, folder, TimeProvider.System).Customers();
                    var made = new List<PartyStatement>();
                    foreach (var statement in BookScreening.Screen(book, list, parsed.GetRequiredValue(name), TimeProvider.System.GetUtcNow(), before))
                    {
                        stop.ThrowIfCancellationRequested();
                        made.Add(statement);
                        progress?.Report((double)made.Count / book.Parties.Count);
                    }

                    new StatementStore(database).Add(made);
                    var now = TimeProvider.System.GetUtcNow();
                    return (made, made.ToDictionary(
                        one => one.Subject, one => book.Known(StatementForms.Party, one.Subject, "name", new BookMoment(now, now))?.One ?? "", StringComparer.Ordinal));
                }),
                stop));
            Print(statements, list, names, parsed.GetValue(json));
            return statements.Exists(one => one.One("result") == "possible") ? ExitCode.Problem : ExitCode.Ok;
        });
        return command;
    }

    private static void Print(List<PartyStatement> statements, ScreeningList list, Dictionary<string, string> names, bool asJson)
    {
        var entries = list.Entries.GroupBy(entry => entry.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Names[0].Text, StringComparer.Ordinal);
        string? EntryName(PartyStatement one) => one.One("entry") is { } entry ? entries.GetValueOrDefault(entry) : null;
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                statements.Select(one => new { party = one.Subject, name = names[one.Subject], result = one.One("result"), entry = one.One("entry"), entryName = EntryName(one), score = one.One("score"), listVersion = one.One("list_version") }),
                JsonSerializerOptions.Web));
            return;
        }

        foreach (var one in statements.Where(one => one.One("result") != "clear"))
        {
            Console.Out.WriteLine($"{one.One("result"),-9}  {one.Subject}  {names[one.Subject]} ~ {EntryName(one)} (entry {one.One("entry")}), score {one.One("score")}");
        }

        var repeated = statements.Count(BookScreening.IsRepeated);
        Console.Out.WriteLine($"{statements.Count - repeated} parties screened{(repeated > 0 ? $", {repeated} that the change cannot touch" : "")}: {string.Join(", ", statements.GroupBy(one => one.One("result")).Select(group => $"{group.Count()} {group.Key}"))}");
        Console.Out.WriteLine($"list {list.Version.Name}, sha256 {list.Version.Sha256[..16]}, retrieved {list.Version.Retrieved:yyyy-MM-dd}, {list.Entries.Count} parties");
    }
}
