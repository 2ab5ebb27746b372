using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Server.Decisions;
using Stillgate.Storage.Holds;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate hold</c>: a model closed to all but those on a list, at once.</summary>
internal static class HoldCommand
{
    private const string Help = """
        Closes a model to everybody but those on a list. In force in a running gateway within two seconds; no other model is touched. It needs no policy and no enforcement.

        Examples:
          stillgate hold m-frontier --except trusted.txt --reason "letter of 12 June" --store ./store
          stillgate hold "m-frontier*" --except org-1 --except acc-7 --until 2026-07-01 --store ./store
          stillgate hold list --store ./store
          stillgate hold release m-frontier --store ./store
        """;

    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Argument<string?> Model = new("MODEL") { Description = "The model, or with * at its end every model that begins so", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Except = new("--except") { Description = "Who is spared: a file with one account or organisation a line, or one by name; may be given again", HelpName = "LIST" };
    private static readonly Option<string?> Until = new("--until") { Description = "When it ends by itself, such as 2026-07-01 or 2026-07-01T12:00:00Z", HelpName = "TIME" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, in words that the refused are shown", HelpName = "TEXT" };

    // A subcommand's own option: one that the command above it requires would be asked for twice.
    public static Command Create()
    {
        var storeOrNot = new Option<string?>("--store") { Description = "The store's folder", HelpName = "DIR" };
        var command = new Command("hold", Help) { Model, storeOrNot, Except, Until, Reason, Json };
        command.SetAction(parsed => Place(parsed, parsed.GetValue(storeOrNot)));
        var list = new Command("list", "Shows every hold, those released and over included.") { Store, Json };
        list.SetAction(List);
        var what = new Argument<string>("MODEL") { Description = "The model as it was held, or the hold's id" };
        var release = new Command("release", "Releases the holds on a model. In force within two seconds.") { what, Store, Json };
        release.SetAction(parsed => Release(parsed, parsed.GetRequiredValue(what)));
        command.Add(list);
        command.Add(release);
        return command;
    }

    private static int Place(ParseResult parsed, string? store)
    {
        var model = parsed.GetValue(Model) ?? throw new OperatorException("say which model to hold");
        if (store is null)
        {
            throw new OperatorException("--store: missing; expected the store's folder");
        }

        DateTimeOffset? until = parsed.GetValue(Until) is { } text
            ? Parties.Registry.StatementField.Time(text) ?? throw new OperatorException($"--until {text}: expected a day or time such as 2026-07-01 or 2026-07-01T12:00:00Z")
            : null;
        if (until <= TimeProvider.System.GetUtcNow())
        {
            throw new OperatorException($"--until {parsed.GetValue(Until)}: is over already");
        }

        var except = (parsed.GetValue(Except) ?? []).SelectMany(Spared).Distinct(StringComparer.Ordinal).ToArray();
        var reason = parsed.GetValue(Reason) ?? "The operator of this gateway serves this model to nobody but those on a list for now.";
        var hold = OpenStore.With(store, (database, _) => new HoldStore(database, TimeProvider.System).Place(model, except, reason, until));
        Console.Out.WriteLine(parsed.GetValue(Json)
            ? JsonSerializer.Serialize(hold, JsonSerializerOptions.Web)
            : $"{hold.Id}: {model} is held for all but {except.Length} accounts and organisations{(until is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:yyyy-MM-dd HH:mm}Z") : string.Empty)}");
        return ExitCode.Ok;
    }

    private static int List(ParseResult parsed)
    {
        var now = TimeProvider.System.GetUtcNow();
        var holds = OpenStore.With(parsed.GetRequiredValue(Store), (database, _) => new HoldStore(database, TimeProvider.System).List());
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(holds.Select(hold => new { stands = hold.StandsAt(now), hold }), JsonSerializerOptions.Web));
            return ExitCode.Ok;
        }

        foreach (var hold in holds)
        {
            var end = hold.ReleasedAt is { } released ? $"released {released:yyyy-MM-dd HH:mm}Z" : hold.Until is { } until ? $"until {until:yyyy-MM-dd HH:mm}Z" : "until released";
            Console.Out.WriteLine($"{(hold.StandsAt(now) ? "*" : " ")} {hold.Id}  {hold.Model}  placed {hold.PlacedAt:yyyy-MM-dd HH:mm}Z, {end}, {hold.Except.Count} spared: {hold.Reason}");
        }

        return ExitCode.Ok;
    }

    private static int Release(ParseResult parsed, string what)
    {
        var released = OpenStore.With(parsed.GetRequiredValue(Store), (database, _) => new HoldStore(database, TimeProvider.System).Release(what));
        if (released.Count == 0)
        {
            throw new OperatorException($"{what}: no hold that stands is on this model or has this id; 'hold list' shows them");
        }

        Console.Out.WriteLine(parsed.GetValue(Json)
            ? JsonSerializer.Serialize(released, JsonSerializerOptions.Web)
            : $"released: {string.Join(", ", released.Select(hold => $"{hold.Id} on {hold.Model}"))}");
        return ExitCode.Ok;
    }

    private static IEnumerable<string> Spared(string nameOrFile)
    {
        // A path that is not there must not become the name of nobody.
        if (!File.Exists(nameOrFile))
        {
            return nameOrFile.Contains('/', StringComparison.Ordinal) || nameOrFile.EndsWith(".txt", StringComparison.Ordinal)
                ? throw new OperatorException($"--except {nameOrFile}: no such file")
                : [nameOrFile];
        }

        string[] names = [.. File.ReadLines(nameOrFile).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        return names.Length > 0 ? names : throw new OperatorException($"--except {nameOrFile}: names nobody; expected an account or organisation a line, or no --except to spare nobody");
    }
}
