using System.CommandLine;
using System.Text.Json;
using Stillgate.Server.Decisions;
using Stillgate.Storage;
using Stillgate.Storage.Keys;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate key</c>: the API keys of a store.</summary>
internal static class KeyCommand
{
    private const string Help = """
        Creates, lists and revokes API keys. A running gateway takes a change up within a second.

        Examples:
          stillgate key create --store ./store --account acc-17 --organization org-3
          stillgate key list --store ./store --json
          stillgate key revoke --store ./store key-0123456789ab
        """;

    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Option<string> Account = new("--account") { Description = "Who is billed", HelpName = "NAME", Required = true };
    private static readonly Option<string?> Organization = new("--organization") { Description = "The legal customer", HelpName = "NAME" };
    private static readonly Argument<string> Id = new("ID") { Description = "The key's id, as 'key list' shows it" };

    public static Command Create()
    {
        var create = new Command("create", "Creates a key and prints it. It is shown this once and stored nowhere.") { Store, Account, Organization, Json };
        create.SetAction(parsed => CreateKey(parsed));
        var list = new Command("list", "Lists every key, the revoked included.") { Store, Json };
        list.SetAction(parsed => OpenStore.With(parsed.GetRequiredValue(Store), (database, folder) => List(parsed, KeysOf(database, folder))));
        var revoke = new Command("revoke", "Revokes a key for ever.") { Store, Id };
        revoke.SetAction(parsed => OpenStore.With(parsed.GetRequiredValue(Store), (database, folder) => Revoke(parsed, KeysOf(database, folder))));
        return new Command("key", Help) { create, list, revoke };
    }

    private static KeyStore KeysOf(StillgateDatabase database, StoreFolder folder) => new(database, folder, TimeProvider.System);

    private static int CreateKey(ParseResult parsed)
    {
        var account = parsed.GetRequiredValue(Account);
        if (string.IsNullOrWhiteSpace(account))
        {
            throw new OperatorException("--account: expected a name");
        }

        var made = OpenStore.WithOrMake(parsed.GetRequiredValue(Store), (database, folder) => KeysOf(database, folder).Create(account, parsed.GetValue(Organization)));
        if (parsed.GetValue(Json))
        {
            WriteJson(json =>
            {
                WriteMembers(json, made.Key);
                json.WriteString("key", made.Secret);
            });
            return ExitCode.Ok;
        }

        Console.Out.WriteLine(made.Secret);
        Console.Error.WriteLine($"{made.Key.Id}, account {account}. The key is shown this once.");
        return ExitCode.Ok;
    }

    private static int List(ParseResult parsed, KeyStore keys)
    {
        foreach (var key in keys.List())
        {
            if (parsed.GetValue(Json))
            {
                WriteJson(json => WriteMembers(json, key));
            }
            else
            {
                Console.Out.WriteLine($"{key.Id}  {key.Account}  {key.Organization ?? "-"}  created {key.CreatedAt:yyyy-MM-dd HH:mm}Z{(key.RevokedAt is { } at ? $"  revoked {at:yyyy-MM-dd HH:mm}Z" : "")}");
            }
        }

        return ExitCode.Ok;
    }

    private static int Revoke(ParseResult parsed, KeyStore keys)
    {
        var id = parsed.GetRequiredValue(Id);
        return keys.Revoke(id) ? ExitCode.Ok : throw new OperatorException($"{id}: no valid key has this id");
    }

    private static void WriteMembers(Utf8JsonWriter json, StoredKey key)
    {
        json.WriteString("id", key.Id);
        json.WriteString("account", key.Account);
        json.WriteString("organization", key.Organization);
        json.WriteString("createdAt", key.CreatedAt);
        if (key.RevokedAt is { } at)
        {
            json.WriteString("revokedAt", at);
        }
    }

    private static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
