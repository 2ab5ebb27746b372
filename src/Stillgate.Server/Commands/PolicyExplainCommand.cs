using System.CommandLine;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Server.Decisions;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy explain</c>: what is or was decided on an account, and on what grounds.</summary>
internal static class PolicyExplainCommand
{
    private const string Help = """
        Says what is decided on an account's request for a model at a moment, by which rule, on which facts, list versions and holdings. Any past or coming day can be asked about.
        --at is the day that is asked about. --known-at says which policy was in force and what had been recorded: now where it is not given; --as-decided
        takes --at for it, and so repeats what was decided then. Exit 0: served. Exit 1: refused.

        Examples:
          stillgate policy explain acc-17 --model m-frontier --store ./store
          stillgate policy explain acc-17 --model m-frontier --at 2026-05-01 --as-decided --store ./store --json
        """;

    private static readonly Argument<string> Account = new("ACCOUNT") { Description = "Who is billed" };
    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<string> Model = new("--model") { Description = "The model asked for", HelpName = "NAME", Required = true };
    private static readonly Option<string?> At = new("--at") { Description = "The moment of the request; now where it is not given", HelpName = "TIME" };
    private static readonly Option<string?> KnownAt = new("--known-at") { Description = "Only what had been recorded and activated by then", HelpName = "TIME" };
    private static readonly Option<bool> AsDecided = new("--as-decided") { Description = "The same as --known-at with the time of --at" };
    private static readonly Option<string?> EndCustomer = new("--end-customer") { Description = "The account's own customer, where it resells", HelpName = "ID" };
    private static readonly Option<string?> Channel = new("--channel") { Description = "The dialect, such as openai.chat", HelpName = "DIALECT" };
    private static readonly Option<string?> Policy = new("--policy") { Description = "Another policy than the one in force: a file, a folder or a bundle", HelpName = "PATH" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("explain", Help) { Account, Store, Model, At, KnownAt, AsDecided, EndCustomer, Channel, Policy, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var now = TimeProvider.System.GetUtcNow();
        var at = TimeOf(parsed, At) ?? now;
        var knownAt = parsed.GetValue(AsDecided) ? at : TimeOf(parsed, KnownAt) ?? now;
        var explanation = OpenStore.With(parsed.GetRequiredValue(Store), (database, folder) =>
        {
            var loader = new DecisionLoader(database, folder, TimeProvider.System);
            var policy = parsed.GetValue(Policy) is { } path ? PolicySource.Load(path) : loader.PolicyAt(knownAt)
                ?? throw new OperatorException($"no policy was in force in this store on {knownAt:yyyy-MM-dd HH:mm}Z; --policy names one to ask about");
            var customers = loader.Customers();
            var account = parsed.GetRequiredValue(Account);
            foreach (var stranger in KnownCustomers.Unknown([account], () => customers, loader))
            {
                Console.Error.WriteLine($"stillgate: {stranger}; the answer is that for somebody of whom nothing is known");
            }

            var identity = new AccountIdentity(
                account, loader.Identities().FirstOrDefault(key => key.Account == account && key.Organization is not null).Organization, parsed.GetValue(EndCustomer));
            var book = DecisionBook.BuildOne(policy, customers, identity, knownAt).WithEnforced(loader.EnforcedAt(knownAt)).WithHolds(loader.Holds(at));
            return Explanation.Of(book, customers, identity, new DecisionRequest(parsed.GetRequiredValue(Model), at, parsed.GetValue(Channel)), knownAt);
        });
        Console.Out.WriteLine(parsed.GetValue(Json) ? ExplanationText.Json(explanation) : ExplanationText.Text(explanation));
        return explanation.Decision.Outcome >= Outcome.StepUp ? ExitCode.Problem : ExitCode.Ok;
    }

    private static DateTimeOffset? TimeOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text
        ? null
        : StatementField.Time(text) ?? throw new OperatorException($"{option.Name} {text}: expected a day or time such as 2026-05-01 or 2026-05-01T12:00:00Z");
}
