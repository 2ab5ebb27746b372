using System.CommandLine;
using System.Text.Json;
using Stillgate.Policy.Bundles;
using Stillgate.Policy.Rules;
using Stillgate.Server.Decisions;
using Stillgate.Storage;
using Stillgate.Storage.Policies;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy activate</c>, <c>rollback</c>, <c>list</c>, <c>enforce</c> and <c>observe</c>: what is in force in a store.</summary>
internal static class PolicyActivationCommands
{
    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Activate()
    {
        var file = new Argument<string>("BUNDLE") { Description = "A bundle, as 'policy sign' writes it" };
        var command = new Command("activate", """
            Puts a signed policy in force: checks the signature, compiles the files, runs their own cases, then switches in one step. A wrong bundle changes
            nothing, and everything that is wrong with it is said. A running gateway has it in force within two seconds. Its rules only observe until they are enforced.

            Example:
              stillgate policy activate ofac.json --store ./store
            """) { file, Store, Json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var bytes = PolicySource.ReadBytes(path);
            return With(parsed, (policies, _) => Switch(policies, Path.GetFileName(path), bytes, "activate", parsed.GetValue(Json)));
        });
        return command;
    }

    public static Command Rollback()
    {
        var to = new Option<string?>("--to") { Description = "The version to go back to; the one in force before the present one where it is not given", HelpName = "VERSION" };
        var command = new Command("rollback", "Puts the version that was in force before back in force.\n\nExample:\n  stillgate policy rollback --store ./store") { Store, to, Json };
        command.SetAction(parsed => With(parsed, (policies, _) =>
        {
            var version = parsed.GetValue(to) ?? Previous(policies);
            var bundle = policies.BundleOf(version) ?? throw new OperatorException($"{version}: the store has no such version; 'policy list' shows those it has");
            return Switch(policies, "policy " + version, bundle, "rollback", parsed.GetValue(Json));
        }));
        return command;
    }

    public static Command List()
    {
        var command = new Command("list", "Shows every policy that was put in force, who signed it, and which rules are enforced.\n\nExample:\n  stillgate policy list --store ./store --json") { Store, Json };
        command.SetAction(parsed => With(parsed, (policies, _) => PolicyListing.Print(policies, parsed.GetValue(Json))));
        return command;
    }

    public static Command Enforce() => Enforcement("enforce", isEnforced: true, """
        Lets rules of the policy in force act; a rule of which nothing was said only observes. A running gateway follows within two seconds.

        Examples:
          stillgate policy enforce ofac-blocked --store ./store
          stillgate policy enforce --all --store ./store
        """);

    public static Command Observe() => Enforcement("observe", isEnforced: false, """
        Lets rules only observe again: what they would have done stands in the record, and nobody is refused by them.

        Example:
          stillgate policy observe ofac-blocked --store ./store
        """);

    private static Command Enforcement(string name, bool isEnforced, string help)
    {
        var rules = new Argument<string[]>("RULE") { Description = "Ids of rules of the policy in force", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every rule of the policy in force" };
        var command = new Command(name, help) { rules, all, Store };
        command.SetAction(parsed => With(parsed, (policies, loader) =>
        {
            var known = (loader.ActivePolicy() ?? throw new OperatorException("no policy is in force in this store")).RuleDefinitions.Select(rule => rule.Id).ToArray();
            var chosen = parsed.GetValue(all) ? known : parsed.GetValue(rules) ?? [];
            var unknown = chosen.Except(known).ToArray();
            if (chosen.Length == 0 || unknown.Length > 0)
            {
                throw new OperatorException((unknown.Length > 0 ? $"no such rule: {string.Join(", ", unknown)}; " : "name rules or say --all; ") + $"the policy in force has {string.Join(", ", known)}");
            }

            policies.Enforce(chosen, isEnforced);
            Console.Out.WriteLine($"{(isEnforced ? "enforced" : "observing")}: {string.Join(", ", chosen)}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static int Switch(PolicyStore policies, string name, ReadOnlyMemory<byte> bundle, string action, bool asJson)
    {
        var policy = BundleGate.TryOpen(name, bundle.Span, policies.TrustedKeys(), out var problems);
        if (policy is null)
        {
            PolicyCommand.PrintProblems(problems, asJson, "nothing was changed");
            return ExitCode.Problem;
        }

        policies.Activate(policy.Version, bundle, action);
        var enforced = policies.EnforcedAt(DateTimeOffset.MaxValue);
        var observing = policy.RuleDefinitions.Where(rule => rule.Outcome != Outcome.Allow && !enforced.Contains(rule.Id)).Select(rule => rule.Id).ToArray();
        Console.Out.WriteLine(asJson
            ? JsonSerializer.Serialize(new { accepted = true, policy.Version, action, observing, problems }, JsonSerializerOptions.Web)
            : $"in force: version {policy.Version}, {policy.RuleDefinitions.Count} rules" + (observing.Length == 0 ? string.Empty : $"; only observing: {string.Join(", ", observing)}"));
        return ExitCode.Ok;
    }

    private static string Previous(PolicyStore policies)
    {
        var history = policies.History();
        return history.Count > 0 && history.LastOrDefault(one => one.Version != history[^1].Version) is { } previous
            ? previous.Version
            : throw new OperatorException("no other version was ever in force in this store");
    }

    private static int With(ParseResult parsed, Func<PolicyStore, DecisionLoader, int> act) => OpenStore.With(
        parsed.GetRequiredValue(Store),
        (database, folder) => act(new PolicyStore(database, TimeProvider.System), new DecisionLoader(database, folder, TimeProvider.System)));
}
