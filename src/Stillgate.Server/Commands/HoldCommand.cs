using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Configuration;
using Stillgate.Server.Decisions;
using Stillgate.Storage.Holds;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate hold</c>: a model closed to all but those on a list, at once.</summary>
internal static class HoldCommand
{
    private const int StrangersShown = 20;

    private const string Help = """
        Closes a model to everybody but those on a list. In force in a running gateway within two seconds; no other model is touched. It needs no policy and no enforcement.
        A name that no record, rule or setting knows, and that is a slip away from one that they do, is refused with that one; --unserved holds it all the same, before a launch.
        Any other name that they do not know is held, with a warning that it bars nobody yet, and so is whoever is to be spared and has no account named.

        Examples:
          stillgate hold m-frontier --except trusted.txt --reason "letter of 12 June" --store ./store
          stillgate hold "m-frontier*" --except org-1 --except acc-7 --until 2026-07-01 --store ./store
          stillgate hold m-next --unserved --config stillgate.yaml --store ./store
          stillgate hold list --store ./store
          stillgate hold release m-frontier --store ./store
        """;

    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Argument<string?> Model = new("MODEL") { Description = "The model, or with * at its end every model that begins so", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Except = new("--except") { Description = "Who is spared: a file with one account or organisation a line, or one by name; may be given again", HelpName = "LIST" };
    private static readonly Option<string?> Until = new("--until") { Description = "When it ends by itself, such as 2026-07-01 or 2026-07-01T12:00:00Z", HelpName = "TIME" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, in words that the refused are shown", HelpName = "TEXT" };

    private static readonly Option<string?> Config = new("--config") { Description = "The gateway's settings file: the models that it names are known too", HelpName = "FILE" };
    private static readonly Option<bool> Unserved = new("--unserved") { Description = "Hold a model that is not served yet, without a question" };

    // A subcommand's own option: one that the command above it requires would be asked for twice.
    public static Command Create()
    {
        var storeOrNot = new Option<string?>("--store") { Description = "The store's folder", HelpName = "DIR" };
        var command = new Command("hold", Help) { Model, storeOrNot, Except, Until, Reason, Config, Unserved, Json };
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
        var served = ServedModels(parsed.GetValue(Config));
        var isUnserved = parsed.GetValue(Unserved);
        var (hold, isKnown, strangers) = OpenStore.With(store, (database, folder) =>
        {
            var loader = new DecisionLoader(database, folder, TimeProvider.System);
            var meant = new KnownModels(loader, folder, served).MeantBy(model);
            if (meant is { Count: > 0 } && !isUnserved)
            {
                throw new OperatorException($"{model}: {KnownModels.Unknown}; {NearNames.Question(meant)} Nothing was held; --unserved holds a model before it is served");
            }

            return (new HoldStore(database, TimeProvider.System).Place(model, except, reason, until), meant is null, KnownCustomers.Unknown(except, loader.Customers, loader));
        });
        if (!isKnown && !isUnserved)
        {
            Console.Error.WriteLine($"stillgate: {model}: {KnownModels.Unknown}; the hold stands, and bars nobody until such a model is asked for");
        }

        Tell(strangers);
        Console.Out.WriteLine(parsed.GetValue(Json)
            ? JsonOf(hold, isKnown, strangers)
            : $"{hold.Id}: {model} is held for all but {except.Length} accounts and organisations{(until is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:yyyy-MM-dd HH:mm}Z") : string.Empty)}");
        return ExitCode.Ok;
    }

    /// <summary>The patterns of the models that a settings file names. What else is wrong with the file is for 'up --check' to say: it must not stand in the way of a hold.</summary>
    private static IEnumerable<string> ServedModels(string? config)
    {
        if (config is null)
        {
            return [];
        }

        return InputFile.WrongWith(config) is { } wrong
            ? throw new OperatorException("--config " + wrong)
            : ConfigFile.Read(config, []).Providers.SelectMany(provider => provider.Models);
    }

    private static string JsonOf(StoredHold hold, bool isKnown, IReadOnlyList<string> strangers)
    {
        var answer = (JsonObject)JsonSerializer.SerializeToNode(hold, JsonSerializerOptions.Web)!;
        answer["unknownModel"] = !isKnown;
        answer["unknownExcept"] = JsonSerializer.SerializeToNode(strangers);
        return answer.ToJsonString(JsonSerializerOptions.Web);
    }

    private static void Tell(IReadOnlyList<string> strangers)
    {
        foreach (var stranger in strangers.Take(StrangersShown))
        {
            Console.Error.WriteLine($"stillgate: --except {stranger}");
        }

        if (strangers.Count > StrangersShown)
        {
            Console.Error.WriteLine($"stillgate: --except: {strangers.Count - StrangersShown} further names are of no account or organisation of this store");
        }
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
        if (InputFile.WrongWith(nameOrFile) is { } wrong)
        {
            return Directory.Exists(nameOrFile) || nameOrFile.Contains('/', StringComparison.Ordinal) || nameOrFile.EndsWith(".txt", StringComparison.Ordinal)
                ? throw new OperatorException("--except " + wrong)
                : [nameOrFile];
        }

        string[] names = [.. File.ReadLines(nameOrFile).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        return names.Length > 0 ? names : throw new OperatorException($"--except {nameOrFile}: names nobody; expected an account or organisation a line, or no --except to spare nobody");
    }
}
