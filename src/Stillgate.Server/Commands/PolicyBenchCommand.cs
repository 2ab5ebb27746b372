using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Server.Decisions;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy bench</c>: what a decision costs.</summary>
internal static class PolicyBenchCommand
{
    private const int RoundCount = 7;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Policy files or folders of them", Arity = ArgumentArity.OneOrMore };
        var accounts = new Option<int>("--accounts") { Description = "Accounts to choose among", DefaultValueFactory = _ => 10_000 };
        var decisions = new Option<int>("--decisions") { Description = "Decisions a round", DefaultValueFactory = _ => 1_000_000 };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("bench", $"Measures a decision: nanoseconds of processor time, the best and the median of {RoundCount} rounds on one thread, and bytes allocated. Every rule is enforced and a hold is in force.\n\nExample:\n  stillgate policy bench policies") { files, accounts, decisions, json };
        command.SetAction(parsed =>
        {
            var (accountCount, decisionCount) = (parsed.GetValue(accounts), parsed.GetValue(decisions));
            if (accountCount < 1 || decisionCount < 1)
            {
                throw new OperatorException("--accounts and --decisions: expected 1 or more");
            }

            var policy = PolicyCompiler.TryCompile(PolicySource.Files(parsed.GetRequiredValue(files)), out var problems)
                ?? throw new OperatorException("the policy is refused:\n  " + string.Join("\n  ", problems.Where(problem => !problem.IsWarning)));
            var book = DecisionBook.Build(policy, new PartyBook([]), Identities(accountCount), DateTimeOffset.MaxValue, CancellationToken.None)
                .WithEnforced(policy.RuleDefinitions.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal))
                .WithHolds([new ModelHold { Id = "hold-bench", Model = "m-held*", Reason = "bench", From = DateTimeOffset.MinValue }]);
            var (times, bytes) = Measure(book, [.. Identities(accountCount)], decisionCount);
            Print(parsed.GetValue(json), policy.RuleDefinitions.Count, accountCount, times, bytes);
            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<AccountIdentity> Identities(int count) =>
        Enumerable.Range(0, count).Select(i => new AccountIdentity($"acc-{i}", $"org-{i % 1000}"));

    private static (double[] Nanoseconds, double Bytes) Measure(DecisionBook book, AccountIdentity[] accounts, int count)
    {
        var at = new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
        string[] models = ["m-frontier", "m-small", "m-frontier-2"];
        var times = new double[RoundCount];
        double bytes = 0;
        long refused = 0;
        for (var round = 0; round < RoundCount; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();

            // Processor time, so that a machine that others use too says the same as a quiet one.
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < count; i++)
            {
                // A stride that is prime to the count of accounts, so that neighbours in memory do not follow one another.
                var account = accounts[(int)((i * 7919L) % accounts.Length)];
                refused += book.Decide(account.Account, account.Organization, null, new DecisionRequest(models[i % 3], at, "openai.chat")).Outcome >= Outcome.StepUp ? 1 : 0;
            }

            times[round] = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / count;
            bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
        }

        GC.KeepAlive(refused);
        Array.Sort(times);
        return (times, bytes);
    }

    private static void Print(bool asJson, int rules, int accounts, double[] times, double bytes)
    {
        var (best, median) = (times[0], times[RoundCount / 2]);
        Console.Out.WriteLine(asJson
            ? JsonSerializer.Serialize(new { rules, accounts, bestNanoseconds = best, medianNanoseconds = median, bytes }, JsonSerializerOptions.Web)
            : string.Create(CultureInfo.InvariantCulture, $"| rules | accounts | best ns | median ns | bytes |\n|---|---|---|---|---|\n| {rules} | {accounts} | {best:0} | {median:0} | {bytes:0.###} |"));
    }
}
