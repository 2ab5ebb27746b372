using System.CommandLine;
using Stillgate.Policy.Impact;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Decisions;
using Stillgate.Server.Impact;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy diff</c>: whom a change of policy would hit.</summary>
internal static class PolicyDiffCommand
{
    private const int ProblemsShown = 20;

    private const string Help = """
        Decides recorded traffic under two policies and says who is newly denied, freed or undetermined: by rule, by kind of customer, by language and by model.
        A and B are policy files, folders of them, bundles, 'active' for the policy in force in --store, or 'none'. Nothing is put in force.

        Examples:
          stillgate policy diff active draft.yaml --traffic ./store/exchanges --store ./store
          stillgate policy diff none policies/hr-8283-draft.yaml --traffic log.jsonl.gz --registrations registrations.jsonl owners.json --as-if-in-force --html impact.html
        """;

    public static Command Create()
    {
        var before = new Argument<string>("A") { Description = "The policy before" };
        var after = new Argument<string>("B") { Description = "The policy after" };
        var traffic = new Option<string>("--traffic") { Description = "An exchange log, or a folder of them", HelpName = "LOG", Required = true };
        var output = new ImpactOutput();
        var command = new Command("diff", Help) { before, after, traffic };
        foreach (var option in output.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            var (a, b, log) = (parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetRequiredValue(traffic));
            var customers = output.Customers(parsed);
            var (was, becomes) = (output.Book(parsed, a, customers), output.Book(parsed, b, customers));
            if (was.Policy is { Version: var version } && version == becomes.Policy?.Version)
            {
                Console.Error.WriteLine($"stillgate: A and B are one policy, version {version}, and every rule counts as enforced in both: nothing can differ. 'none' as A says whom it hits");
            }

            var problems = new ProblemPrinter(ProblemsShown, strict: false);
            var tally = new ImpactTally(was, becomes, customers);
            await CommandProgress.ShowAsync("Deciding", progress => Task.Run(() => Decide(log, tally, problems, progress, stop), stop));
            problems.PrintRest();
            return output.Print(parsed, new ImpactQuestion { BeforeName = NameOf(a), Before = was, AfterName = NameOf(b), After = becomes, Traffic = Path.GetFileName(Path.TrimEndingDirectorySeparator(log)), Report = tally.ToReport(), IsAsIfInForce = output.IsAsIfInForce(parsed) });
        });
        return command;
    }

    /// <summary>A policy's name in reports: without the folders of whoever asked.</summary>
    internal static string NameOf(string policy) => policy switch
    {
        "none" => "no policy",
        "active" => "the policy in force",
        _ => Path.GetFileName(Path.TrimEndingDirectorySeparator(policy)),
    };

    /// <summary>An exchange as the impact reads it.</summary>
    internal static TrafficRow RowOf(ExchangeRecord exchange) => new()
    {
        Account = exchange.Account,
        Organization = exchange.Organization,
        EndCustomer = exchange.EndCustomer,
        Model = exchange.Model,
        Dialect = exchange.Dialect,
        At = exchange.At,
        Language = PromptLanguage.Of(exchange),
        Capabilities = ExchangeCapabilities.Of(exchange),
        Count = 1,
    };

    /// <summary>Whether a model was asked: lists of models and requests that no key came with are nobody's traffic.</summary>
    internal static bool IsTraffic(ExchangeRecord exchange) => Dialects.Answering.Contains(exchange.Dialect) && exchange.Account != "unauthenticated";

    /// <summary>The exchanges of a log, telling now and then how much of it was read.</summary>
    internal static IEnumerable<ExchangeRecord> Told(ExchangeLogReader reader, IProgress<double>? progress)
    {
        const int ExchangesATime = 1024;
        foreach (var exchange in reader.Read())
        {
            if (progress is not null && reader.ExchangeCount % ExchangesATime == 0)
            {
                progress.Report(reader.ShareRead);
            }

            yield return exchange;
        }
    }

    private static long Decide(string log, ImpactTally tally, ProblemPrinter problems, IProgress<double>? progress, CancellationToken stop)
    {
        var reader = new ExchangeLogReader(log, problems.Print);
        foreach (var exchange in Told(reader, progress).Where(IsTraffic))
        {
            stop.ThrowIfCancellationRequested();
            tally.Add(RowOf(exchange));
        }

        return tally.Count;
    }
}
