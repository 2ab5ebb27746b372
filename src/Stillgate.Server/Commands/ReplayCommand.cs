using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stillgate.Lab.Replay;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate replay</c>: sends a recorded log as real requests.</summary>
internal static class ReplayCommand
{
    private const string Help = """
        Sends an exchange log as real HTTP requests, each account with its own key and its own dialect.

        The recorded spacing is divided by --speed. Without --key-file each account uses the key sg-replay-<account>, which suits
        a gateway started with --open. A key file has one account and its key a line, with a space or a comma between them.
        Exit 1 means that some requests got no HTTP answer.

        Examples:
          stillgate replay traffic/log.jsonl.gz --through http://127.0.0.1:8080 --speed 5000
          stillgate replay traffic/log.jsonl.gz --through http://127.0.0.1:8080 --speed max --limit 10000 --json
        """;

    public static Command Create()
    {
        var log = new Argument<string>("log") { Description = "Exchange log, a folder of them, or what `lab simulate` wrote" };
        var through = new Option<string>("--through") { Description = "Base address of the gateway", Required = true };
        var speed = new Option<string>("--speed") { Description = "Times faster than recorded, or max", DefaultValueFactory = _ => "1" };
        var registrations = new Option<string?>("--registrations") { Description = "Send only accounts that this registrations file knows" };
        var keys = new Option<string?>("--key-file") { Description = "Keys by account" };
        var concurrency = new Option<int>("--concurrency") { Description = "Requests under way at most", DefaultValueFactory = _ => 64 };
        var limit = new Option<long?>("--limit") { Description = "Stop after so many exchanges of the log" };
        var address = new Option<bool>("--send-address") { Description = "Send the recorded client address in X-Forwarded-For" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command("replay", Help) { log, through, speed, registrations, keys, concurrency, limit, address, json };
        command.SetAction((parsed, stop) =>
        {
            var options = new ReplayOptions
            {
                Target = ParseTarget(parsed.GetRequiredValue(through)),
                Speed = ParseSpeed(parsed.GetRequiredValue(speed)),
                LaneCount = ParseConcurrency(parsed.GetValue(concurrency)),
                KeyOf = ReadKeys(parsed.GetValue(keys)),
                SendsAddress = parsed.GetValue(address),
            };
            var exchanges = ReadLog(parsed.GetRequiredValue(log), parsed.GetValue(registrations), parsed.GetValue(limit));
            return RunAsync(exchanges, options, parsed.GetValue(json), stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(IEnumerable<ExchangeRecord> exchanges, ReplayOptions options, bool asJson, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.LaneCount, UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
        var runner = new ReplayRunner(client, options, TimeProvider.System);
        ReplayOutcome outcome;
        if (Console.IsErrorRedirected)
        {
            outcome = await runner.RunAsync(exchanges, progress: null, stop);
        }
        else
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            outcome = await console.Status().StartAsync("replaying", context => runner.RunAsync(exchanges, new StatusProgress(context), stop));
        }

        Print(outcome, asJson);
        return outcome.Failed > 0 ? ExitCode.Problem : ExitCode.Ok;
    }

    private static void Print(ReplayOutcome outcome, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web));
            return;
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Sent} requests in {outcome.Elapsed.TotalSeconds:F1} s ({outcome.RequestsPerSecond:F0}/s), {outcome.Failed} without an answer, {outcome.Skipped} exchanges skipped"));
        foreach (var (status, count) in outcome.ByStatus.OrderBy(entry => entry.Key))
        {
            Console.Out.WriteLine($"  {status}  {count}");
        }
    }

    private static IEnumerable<ExchangeRecord> ReadLog(string log, string? registrations, long? limit)
    {
        const int shownMax = 10;
        var problems = new ProblemPrinter(shownMax, strict: false);
        var known = registrations is null ? null : RegistrationTable.ReadFile(registrations, problems.Print).Select(record => record.Account).ToHashSet(StringComparer.Ordinal);
        var exchanges = new ExchangeLogReader(log, problems.Print).Read().Where(record => known?.Contains(record.Account) ?? true);
        return limit is { } count ? exchanges.Take((int)Math.Clamp(count, 0, int.MaxValue)) : exchanges;
    }

    private static Func<string, string> ReadKeys(string? file)
    {
        if (file is null)
        {
            return ReplayOptions.DerivedKey;
        }

        if (InputFile.WrongWith(file) is { } wrong)
        {
            throw new OperatorException(wrong);
        }

        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (line, number) in File.ReadLines(file).Select((line, index) => (line, index + 1)))
        {
            var parts = line.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length is not (0 or 2))
            {
                throw new OperatorException($"{file}:{number}: expected an account and its key");
            }

            if (parts.Length == 2)
            {
                keys[parts[0]] = parts[1];
            }
        }

        return account => keys.TryGetValue(account, out var key) ? key : throw new OperatorException($"{file}: no key for account {account}");
    }

    private static Uri ParseTarget(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var target) && target.Scheme is "http" or "https"
            ? target
            : throw new OperatorException($"--through {text}: expected an address such as http://127.0.0.1:8080");

    private static double ParseSpeed(string text) => text == "max"
        ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed >= 0 && double.IsFinite(speed)
            ? speed
            : throw new OperatorException($"--speed {text}: expected a number, or max");

    private static int ParseConcurrency(int count) =>
        count is >= 1 and <= 4096 ? count : throw new OperatorException($"--concurrency {count}: expected 1 to 4096");

    private sealed class StatusProgress(StatusContext context) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value) =>
            context.Status(string.Create(CultureInfo.InvariantCulture, $"replaying: {value.Sent} sent, {value.Failed} without an answer, log time {value.At:yyyy-MM-dd HH:mm}"));
    }
}
