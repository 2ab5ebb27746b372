using System.CommandLine;
using System.Text.Json;
using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties lists</c>: versions of lists and what changed between them.</summary>
internal static class PartiesListsCommand
{
    private const int ShownDefault = 20;

    public static Command Create()
    {
        var command = new Command("lists", "Versions of lists, and what changed between them.");
        command.Subcommands.Add(Keep());
        command.Subcommands.Add(History());
        command.Subcommands.Add(Diff());
        return command;
    }

    private static Option<string> Archive() => new("--archive") { Description = "The folder in which versions are kept.", Required = true };

    private static Command Keep()
    {
        var file = new Argument<string>("FILE") { Description = "A list file." };
        var archive = Archive();
        var name = new Option<string>("--name") { Description = "The list's name, under which its versions stand.", Required = true };
        var retrieved = new Option<DateTimeOffset?>("--retrieved") { Description = "When it was retrieved; the file's time where it is not given." };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("keep", "Keep a version of a list, with its files as they are, so that a verdict can be repeated.\n\nExample:\n  stillgate parties lists keep sdn.csv --name ofac-sdn --archive ./lists") { file, archive, name, retrieved, json };
        command.SetAction(result =>
        {
            var (list, isNew) = PartiesListFiles.Guarded(() => new ListArchive(result.GetRequiredValue(archive)).Keep(result.GetRequiredValue(file), result.GetRequiredValue(name), result.GetValue(retrieved)));
            Console.Out.WriteLine(result.GetValue(json)
                ? JsonSerializer.Serialize(new { list.Version, isNew, skipped = list.Problems.Count })
                : $"{list.Version.Name}@{list.Version.Sha256[..16]} {(isNew ? "kept" : "was kept before")}: {list.Version.EntryCount} parties, {list.Problems.Count} rows skipped, retrieved {list.Version.Retrieved:yyyy-MM-dd}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command History()
    {
        var archive = Archive();
        var name = new Option<string?>("--name") { Description = "One list only." };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("history", "List the versions that are kept, the newest last.") { archive, name, json };
        command.SetAction(result =>
        {
            var versions = PartiesListFiles.Guarded(() => new ListArchive(result.GetRequiredValue(archive)).Versions(result.GetValue(name)));
            if (result.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(versions));
                return ExitCode.Ok;
            }

            foreach (var version in versions)
            {
                Console.Out.WriteLine($"{version.Name}@{version.Sha256[..16]}  retrieved {version.Retrieved:yyyy-MM-dd}  {version.EntryCount} parties");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Diff()
    {
        var before = new Argument<string>("A") { Description = "The older version: a file, or with --archive NAME@HASH or NAME@previous." };
        var after = new Argument<string>("B") { Description = "The newer version: a file, or with --archive NAME@HASH or NAME@latest." };
        var book = new Option<string?>("--book") { Description = "A book of parties: also say whose verdict may change and what it becomes." };
        var shown = new Option<int>("--show") { Description = "Print at most this many of each kind.", DefaultValueFactory = _ => ShownDefault };
        var archive = new Option<string?>("--archive") { Description = "The folder in which versions are kept." };
        var json = new Option<bool>("--json") { Description = "Print as JSON, everything." };
        var command = new Command("diff", "Show what was added, removed and changed from one version of a list to the next. Exit 1 where they differ.\n\nExample:\n  stillgate parties lists diff 2019/sdn.csv 2021/sdn.csv --book customers.csv\n  stillgate parties lists diff ofac-sdn@previous ofac-sdn@latest --archive ./lists") { before, after, book, archive, shown, json };
        command.SetAction(result =>
        {
            var old = PartiesListFiles.Read(result.GetRequiredValue(before), result.GetValue(archive));
            var current = PartiesListFiles.Read(result.GetRequiredValue(after), result.GetValue(archive));
            var diff = ListDiff.Between(old, current);
            var changes = result.GetValue(book) is { } path ? Rescreened(PartiesListFiles.ReadBook(path), diff, old, current) : [];
            if (result.GetValue(json))
            {
                PrintJson(diff, changes);
            }
            else
            {
                Print(diff, changes, result.GetValue(shown));
            }

            return diff.Added.Count + diff.Removed.Count + diff.Changed.Count > 0 ? ExitCode.Problem : ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Screens again only those whose verdict the change can alter.</summary>
    private static List<VerdictChange> Rescreened(IReadOnlyList<ScreeningSubject> book, ListDiff diff, ScreeningList old, ScreeningList current)
    {
        const int HitsMax = 50;
        var rescreening = new Rescreening(diff, current);
        var before = ScreeningIndex.Build([old]);
        var after = ScreeningIndex.Build([current]);
        var changes = new List<VerdictChange>();
        foreach (var subject in book)
        {
            var was = Ids(before.Screen(subject, HitsMax));
            if (rescreening.MayChange(subject, was))
            {
                changes.Add(new VerdictChange(subject.Id, subject.Name, was, Ids(after.Screen(subject, HitsMax))));
            }
        }

        return changes;
    }

    private static string[] Ids(IReadOnlyList<ScreeningHit> hits) => [.. hits.Select(hit => hit.Entry.Id)];

    private static void Print(ListDiff diff, List<VerdictChange> changes, int shown)
    {
        Console.Out.WriteLine($"{diff.Before.Name} {diff.Before.Sha256[..16]} ({diff.Before.EntryCount} parties) -> {diff.After.Name} {diff.After.Sha256[..16]} ({diff.After.EntryCount} parties)");
        Section("added", diff.Added, shown);
        Section("removed", diff.Removed, shown);
        Section("changed", [.. diff.Changed.Select(change => change.After)], shown);
        Console.Out.WriteLine($"changed in a name: {diff.Changed.Count(change => change.TouchesNames)}");
        foreach (var change in changes)
        {
            Console.Out.WriteLine($"  {change.Id} {change.Name}: {Words(change.Before)} -> {Words(change.After)}");
        }
    }

    private static string Words(string[] ids) => ids.Length == 0 ? "no hit" : string.Join(' ', ids);

    private static void Section(string title, IReadOnlyList<ListEntry> entries, int shown)
    {
        Console.Out.WriteLine($"{title}: {entries.Count}");
        foreach (var entry in entries.Take(shown))
        {
            Console.Out.WriteLine($"  {entry.Id}  {entry.Names[0].Text}");
        }
    }

    private static void PrintJson(ListDiff diff, List<VerdictChange> changes) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            before = diff.Before,
            after = diff.After,
            added = diff.Added.Select(entry => new { entry.Id, Name = entry.Names[0].Text }),
            removed = diff.Removed.Select(entry => new { entry.Id, Name = entry.Names[0].Text }),
            changed = diff.Changed.Select(change => new { change.After.Id, Name = change.After.Names[0].Text, change.TouchesNames }),
            verdicts = changes,
        }));

    private sealed record VerdictChange(string Id, string Name, string[] Before, string[] After);
}
