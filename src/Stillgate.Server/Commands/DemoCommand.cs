using System.CommandLine;
using Spectre.Console;
using Stillgate.Server.Demo;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate demo</c>: everything at once, with nothing configured.</summary>
internal static class DemoCommand
{
    private const string Help = """
        Shows the whole path with nothing configured: a stand-in provider, the gateway, the console, and a composed log that is
        replayed through the gateway over HTTP. Campaigns are printed as they are found. Everything stays on this machine, and the
        store is removed at the end.

        Examples:
          stillgate demo
          stillgate demo --once
          stillgate demo --once --seed 7 --json
        """;

    private const int PipeWidth = 160;

    private static readonly Option<bool> Once = new("--once") { Description = "Replay quickly, print the table of campaigns and end; exit 1 if none was found" };
    private static readonly Option<Uri?> Listen = Address("--listen", "Where the gateway listens (default http://127.0.0.1:8080, or any free port where that is taken)");
    private static readonly Option<Uri?> ConsoleAt = Address("--console", "Where the console listens (default http://127.0.0.1:8090, or any free port where that is taken)");
    private static readonly Option<long> Seed = new("--seed") { Description = "Seed of the composed traffic", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON lines: ready, a campaign each, result" };

    public static Command Create()
    {
        var command = new Command("demo", Help) { Once, Listen, ConsoleAt, Seed, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        var options = new DemoOptions
        {
            Listen = parsed.GetValue(Listen),
            Console = parsed.GetValue(ConsoleAt),
            Seed = parsed.GetValue(Seed),
            Once = parsed.GetValue(Once),
            Json = parsed.GetValue(Json),
        };
        return new DemoRun(options, OutputFor(options)).RunAsync(stopping);
    }

    private static IDemoOutput OutputFor(DemoOptions options)
    {
        if (options.Json)
        {
            return new JsonDemoOutput(Console.Out);
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = PipeWidth;
        }

        return new ConsoleDemoOutput(AnsiConsole.Console, isTerminal: !Console.IsOutputRedirected);
    }

    private static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http", PathAndQuery: "/" }
                && System.Net.IPAddress.TryParse(address.Host, out var ip) && System.Net.IPAddress.IsLoopback(ip))
            {
                return address;
            }

            result.AddError($"{name} {text}: expected a loopback address such as http://127.0.0.1:8080 (the demo is not for other machines)");
            return null;
        },
    };
}
