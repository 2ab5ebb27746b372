using System.CommandLine;
using System.Text.Json;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Decisions;
using Stillgate.Storage.Registry;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties import</c>: statements about customers into a store.</summary>
internal static class PartiesImportCommand
{
    private const int ProblemsShown = 50;

    private const string Help = """
        Takes in what is known of customers: accounts, parties, holdings, screenings, payments, addresses, verifications, attestations and
        end customers, each dated and with its source (docs/formats/statements.md). CSV, JSON Lines, BODS 0.4 in JSON, GLEIF in JSON or XML.
        All files or none: where anything is wrong, every mistake is named and nothing is taken in.

        Examples:
          stillgate parties import --store ./store customers.jsonl
          stillgate parties import --store ./store holdings.csv --statement holding --source "company register, 2026-05-01"
        """;

    private static readonly Argument<string[]> Files = new("FILE") { Description = "Files to take in", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<string?> Kind = new("--statement") { Description = "The kind of statement, where the rows do not say it", HelpName = "KIND" };
    private static readonly Option<string?> Source = new("--source") { Description = "Who says so, where the rows do not; the file's name otherwise", HelpName = "TEXT" };
    private static readonly Option<bool> Check = new("--check") { Description = "Check the files and take nothing in" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("import", Help) { Files, Store, Kind, Source, Check, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var kind = parsed.GetValue(Kind);
        if (kind is not null && StatementForms.Find(kind) is null)
        {
            throw new OperatorException($"--statement {kind}: expected one of {string.Join(", ", StatementForms.All.Select(form => form.Name))}");
        }

        var problems = new List<LogProblem>();
        var statements = new List<PartyStatement>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var file in parsed.GetRequiredValue(Files))
        {
            var problemsBefore = problems.Count;
            var read = StatementFile.Read(file, kind, parsed.GetValue(Source), now.AddTicks(statements.Count), problems);
            statements.AddRange(read);
            if (read.Count == 0 && problems.Count == problemsBefore)
            {
                problems.Add(new LogProblem(file, 1, "", "holds no statement"));
            }
        }

        var added = problems.Count > 0 || parsed.GetValue(Check) ? 0 : OpenStore.WithOrMake(parsed.GetRequiredValue(Store), (database, _) => new StatementStore(database).Add(statements));
        Print(parsed.GetValue(Json), added, statements, problems);
        return problems.Count == 0 ? ExitCode.Ok : ExitCode.BadInput;
    }

    private static void Print(bool asJson, int added, List<PartyStatement> statements, List<LogProblem> problems)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new { added, read = statements.Count, problems }, JsonSerializerOptions.Web));
            return;
        }

        foreach (var problem in problems.Take(ProblemsShown))
        {
            Console.Error.WriteLine($"stillgate: {problem}");
        }

        Console.Out.WriteLine(problems.Count > 0
            ? $"nothing taken in: {problems.Count} mistakes{(problems.Count > ProblemsShown ? $", the first {ProblemsShown} shown" : string.Empty)}"
            : added > 0
                ? $"{added} statements taken in: {string.Join(", ", statements.GroupBy(one => one.Statement).Select(group => $"{group.Count()} {group.Key}"))}"
                : $"{statements.Count} statements are sound; nothing was taken in");
    }
}
