using System.CommandLine;
using System.Text.Json;
using Stillgate.Server.Admin;
using Stillgate.Server.Admin.Contracts;
using Stillgate.Server.Admin.Endpoints;
using Stillgate.Server.Decisions;
using Stillgate.Storage;
using Stillgate.Storage.Admin;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate admin</c>: who may administer a store.</summary>
internal static class AdminCommand
{
    private const string Help = """
        Creates, lists and revokes admin keys: what the admin API and the console's sign-in ask for. A client's key is none. A running gateway takes a
        change up with the next request. Roles: viewer reads; operator also has clients' keys, holds and reload; compliance has customers, policies and holds;
        owner has everything, admin keys included.

        Examples:
          stillgate admin key create --store ./store --name "Dana Smith" --role owner
          stillgate admin key list --store ./store --json
          stillgate admin key revoke --store ./store admin-0123456789ab
        """;

    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Option<string> Name = new("--name") { Description = "Whose key it is", HelpName = "TEXT", Required = true };
    private static readonly Option<string> Role = new("--role") { Description = "viewer, operator, compliance or owner", HelpName = "ROLE", Required = true };
    private static readonly Option<string?> Expires = new("--expires") { Description = "From when on it is not valid, such as 2027-01-01", HelpName = "TIME" };
    private static readonly Argument<string> Id = new("ID") { Description = "The key's id, as 'admin key list' shows it" };

    public static Command Create()
    {
        Role.AcceptOnlyFromAmong([.. Enum.GetValues<AdminRole>().Select(AdminKeyStore.Word)]);
        var create = new Command("create", "Creates an admin key and prints it. It is shown this once and stored nowhere.") { Store, Name, Role, Expires, Json };
        create.SetAction(CreateKey);
        var list = new Command("list", "Lists every admin key, those not valid any more included.") { Store, Json };
        list.SetAction(List);
        var revoke = new Command("revoke", "Revokes an admin key for ever.") { Store, Id };
        revoke.SetAction(Revoke);
        return new Command("admin", Help) { new Command("key", Help) { create, list, revoke } };
    }

    private static int CreateKey(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Name);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new OperatorException("--name: expected whose key it is");
        }

        var role = Enum.Parse<AdminRole>(parsed.GetRequiredValue(Role), ignoreCase: true);
        DateTimeOffset? expires = parsed.GetValue(Expires) is { } text
            ? Parties.Registry.StatementField.Time(text) ?? throw new OperatorException($"--expires {text}: expected a day or time such as 2027-01-01 or 2027-01-01T12:00:00Z")
            : null;
        if (expires <= TimeProvider.System.GetUtcNow())
        {
            throw new OperatorException($"--expires {parsed.GetValue(Expires)}: is over already");
        }

        NewAdminKey? made = null;
        OpenStore.WithOrMake(parsed.GetRequiredValue(Store), (database, folder) => Change(database, folder, "admin-key.create", keys =>
        {
            made = keys.Create(name, role, expires);
            return made.Key;
        }));
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(AdminKeyEndpoints.Of(made!.Key) with { Key = made.Secret }, AdminJson.Default.AdminKeyAnswer));
            return ExitCode.Ok;
        }

        Console.Out.WriteLine(made!.Secret);
        Console.Error.WriteLine($"{made.Key.Id}, {AdminKeyStore.Word(role)}. The key is shown this once.");
        return ExitCode.Ok;
    }

    private static int List(ParseResult parsed)
    {
        var keys = OpenStore.With(parsed.GetRequiredValue(Store), (database, folder) => new AdminKeyStore(database, folder, TimeProvider.System).List());
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new Listing<AdminKeyAnswer>([.. keys.Select(AdminKeyEndpoints.Of)]), AdminJson.Default.ListingAdminKeyAnswer));
            return ExitCode.Ok;
        }

        foreach (var key in keys)
        {
            var end = key.RevokedAt is { } revoked ? $"  revoked {revoked:yyyy-MM-dd HH:mm}Z" : key.ExpiresAt is { } expires ? $"  until {expires:yyyy-MM-dd HH:mm}Z" : "";
            Console.Out.WriteLine($"{key.Id}  {AdminKeyStore.Word(key.Role),-10}  {key.Name}  created {key.CreatedAt:yyyy-MM-dd HH:mm}Z{end}");
        }

        return ExitCode.Ok;
    }

    private static int Revoke(ParseResult parsed)
    {
        var id = parsed.GetRequiredValue(Id);
        var isRevoked = OpenStore.With(
            parsed.GetRequiredValue(Store),
            (database, folder) => Change(database, folder, "admin-key.revoke", keys => keys.Revoke(id) ? keys.List().First(key => key.Id == id) : null));
        return isRevoked ? ExitCode.Ok : throw new OperatorException($"{id}: no admin key that was not revoked has this id; 'admin key list' shows them");
    }

    private static bool Change(StillgateDatabase database, StoreFolder folder, string action, Func<AdminKeyStore, StoredAdminKey?> change)
    {
        var keys = new AdminKeyStore(database, folder, TimeProvider.System);
        var (outcome, _) = new AdminChangeStore(database, TimeProvider.System).Make(AdminChangeStore.ByCommand, action, mark: null, () =>
            change(keys) is { } key ? (key.Id, JsonSerializer.Serialize(AdminKeyEndpoints.Of(key), AdminJson.Default.AdminKeyAnswer)) : null);
        return outcome == AdminOutcome.Made;
    }
}
