using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Policy.Impact;
using Stillgate.Policy.Live;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Impact;
using Stillgate.Storage;
using Stillgate.Storage.History;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy history</c> and <c>backtest</c>: months of traffic without content, and a policy tried on them.</summary>
internal static class PolicyHistoryCommands
{
    private const int ProblemsShown = 20;

    public static Command History()
    {
        var log = new Argument<string>("LOG") { Description = "An exchange log, or a folder of them" };
        var output = new Option<string>("--out") { Description = "Folder for the Parquet files, one a month; a month that is there already is replaced", HelpName = "DIR", Required = true };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("history", """
            Writes an exchange log as history: Parquet without content, a file a month (docs/formats/history.md), for 'policy backtest' and for any other tool.

            Example:
              stillgate policy history ./store/exchanges --out ./history
            """) { log, output, json };
        command.SetAction(async (parsed, stop) =>
        {
            var problems = new ProblemPrinter(ProblemsShown, strict: false);
            var reader = new ExchangeLogReader(parsed.GetRequiredValue(log), problems.Print);
            var files = await CommandProgress.ShowAsync("Writing history", progress => Task.Run(
                () => Write(PolicyDiffCommand.Told(reader, progress).Where(PolicyDiffCommand.IsTraffic), parsed.GetRequiredValue(output), stop), stop));
            problems.PrintRest();
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(files.Select(file => new { file.File, file.Count }), JsonSerializerOptions.Web)
                : string.Join(Environment.NewLine, files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.File}  {file.Count:N0} exchanges"))));
            return problems.Count == 0 ? ExitCode.Ok : ExitCode.Problem;
        });
        return command;
    }

    public static Command Backtest()
    {
        var policy = new Argument<string>("POLICY") { Description = "The policy to try: a file, a folder, a bundle, or 'active'" };
        var against = new Option<string>("--against") { Description = "The policy to compare with; none where it is not given", HelpName = "POLICY", DefaultValueFactory = _ => "none" };
        var history = new Option<string>("--history") { Description = "Parquet files, as 'policy history' writes them, or a folder of them", HelpName = "PATH", Required = true };
        var output = new ImpactOutput();
        var command = new Command("backtest", """
            Tries a policy on months of history, through DuckDB, and says whom it would have denied, freed or left undetermined. Nothing is put in force.

            Examples:
              stillgate policy backtest draft.yaml --history ./history --store ./store
              stillgate policy backtest draft.yaml --against active --history ./history --store ./store --html impact.html
            """) { policy, against, history };
        foreach (var option in output.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            var (a, b, path) = (parsed.GetRequiredValue(against), parsed.GetRequiredValue(policy), parsed.GetRequiredValue(history));
            var customers = output.Customers(parsed);
            var (was, becomes) = (output.Book(parsed, a, customers), output.Book(parsed, b, customers));
            var tally = new ImpactTally(was, becomes, customers);
            await CommandProgress.ShowAsync("Trying the policy", progress => Task.Run(() => Decide(path, tally, GrainOf(was, becomes), progress, stop), stop));
            return output.Print(parsed, new ImpactQuestion { BeforeName = PolicyDiffCommand.NameOf(a), Before = was, AfterName = PolicyDiffCommand.NameOf(b), After = becomes, Traffic = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), Report = tally.ToReport(), IsAsIfInForce = output.IsAsIfInForce(parsed) });
        });
        return command;
    }

    /// <summary>The finer of what both policies allow; null where one of them must see every exchange by itself.</summary>
    internal static TimeSpan? GrainOf(DecisionBook one, DecisionBook other) =>
        one.Grain() is { } first && other.Grain() is { } second ? (first < second ? first : second) : null;

    private static IReadOnlyList<(string File, long Count)> Write(IEnumerable<ExchangeRecord> exchanges, string folder, CancellationToken stop)
    {
        try
        {
            return HistoryWriter.Write(Until(exchanges, stop), folder, PromptLanguage.Of, ExchangeCapabilities.Of);
        }
        catch (StoreException cause)
        {
            throw new OperatorException(cause.Message);
        }
    }

    private static IEnumerable<ExchangeRecord> Until(IEnumerable<ExchangeRecord> exchanges, CancellationToken stop)
    {
        foreach (var exchange in exchanges)
        {
            stop.ThrowIfCancellationRequested();
            yield return exchange;
        }
    }

    private static long Decide(string path, ImpactTally tally, TimeSpan? grain, IProgress<double>? progress, CancellationToken stop)
    {
        try
        {
            using var history = HistoryReader.Open(path);
            foreach (var row in history.Read(grain, stop))
            {
                tally.Add(new TrafficRow
                {
                    Account = row.Account,
                    Organization = row.Organization,
                    EndCustomer = row.EndCustomer,
                    Model = row.Model,
                    Dialect = row.Dialect,
                    At = row.At,
                    Language = row.Language,
                    Capabilities = row.Capabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    Count = row.Count,
                });
                progress?.Report((double)tally.Count / history.ExchangeCount);
            }

            return tally.Count;
        }
        catch (StoreException cause)
        {
            throw new OperatorException(cause.Message);
        }
    }
}
