using System.CommandLine;
using System.Text.Json;
using Stillgate.Policy.Rules;
using Stillgate.Server.Decisions;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy</c>: rules as data.</summary>
internal static class PolicyCommand
{
    private const string Help = """
        Works on policy files (docs/policy.md).

        Examples:
          stillgate policy check policies/ofac-fifty-percent.yaml
          stillgate policy check policies/*.yaml --json
          stillgate policy sign policies/ofac-fifty-percent.yaml --key policy.key --out ofac.json
          stillgate policy activate ofac.json --store ./store
          stillgate policy enforce ofac-blocked --store ./store
        """;

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    private static readonly Argument<string[]> Files = new("FILE") { Description = "Policy files, checked together", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var check = new Command("check", "Checks form, types, reach and contradictions, and runs the files' own cases. Exit 1 where a policy would be refused.") { Files, Json };
        check.SetAction(Check);
        return new Command("policy", Help)
        {
            check,
            PolicySigningCommands.Keygen(),
            PolicySigningCommands.Trust(),
            PolicySigningCommands.Sign(),
            PolicyActivationCommands.Activate(),
            PolicyActivationCommands.Rollback(),
            PolicyActivationCommands.List(),
            PolicyActivationCommands.Enforce(),
            PolicyActivationCommands.Observe(),
            PolicyExplainCommand.Create(),
            PolicyDiffCommand.Create(),
            PolicyHistoryCommands.History(),
            PolicyHistoryCommands.Backtest(),
            PolicyBenchCommand.Create(),
        };
    }

    /// <summary>Prints everything that is wrong, and that nothing came of it.</summary>
    internal static void PrintProblems(IReadOnlyList<PolicyProblem> problems, bool asJson, string outcome)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { accepted = false, problems }, JsonSerializerOptions.Web));
            return;
        }

        foreach (var problem in problems)
        {
            Console.Out.WriteLine(problem);
        }

        Console.Out.WriteLine($"refused, {outcome}: {problems.Count(problem => !problem.IsWarning)} problems");
    }

    private static int Check(ParseResult parsed)
    {
        var snapshot = PolicyCompiler.TryCompile(PolicySource.Files(parsed.GetRequiredValue(Files)), out var problems);
        var notices = snapshot is null ? [] : PolicyNotices.At(snapshot, TimeProvider.System.GetUtcNow());
        var untold = snapshot is null ? [] : PolicyReach.Untold(snapshot);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new { accepted = snapshot is not null, version = snapshot?.Version, problems, notices, untold }, JsonSerializerOptions.Web));
        }
        else
        {
            foreach (var problem in problems.Concat(notices))
            {
                Console.Out.WriteLine(problem);
            }

            foreach (var problem in untold)
            {
                Console.Out.WriteLine($"{problem.File}:{problem.Line}: note: {problem.Field}: {problem.Message}");
            }

            Console.Out.WriteLine(snapshot is null
                ? $"refused: {problems.Count(problem => !problem.IsWarning)} problems"
                : $"accepted: version {snapshot.Version}, {snapshot.Files.Sum(file => file.Rules.Count)} rules, {snapshot.Files.Sum(file => file.Tests.Count)} cases passed");
        }

        return snapshot is null ? ExitCode.Problem : ExitCode.Ok;
    }
}
