using System.CommandLine;
using System.Net;
using Stillgate.Lab.StandIn;
using Stillgate.Server.Configuration;
using Stillgate.Server.Hosting;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate standin</c>: a provider that is none.</summary>
internal static class StandInCommand
{
    public const string Name = "standin";

    private const string Help = """
        Starts a STAND-IN for a model provider. It is not a model: it speaks the OpenAI chat completions and Anthropic messages
        APIs, JSON and streams, and answers with words drawn from a hash of the prompt. The same prompt gets the same bytes.
        A request can ask for a fault with the header 'x-standin: stall|cut|corrupt|error-inside|error=503|pace=20|tokens=9'.

        Examples:
          stillgate standin --listen http://127.0.0.1:9000
          stillgate standin --listen http://127.0.0.1:9000 --pace-ms 20 --tokens 100 --cut-rate 0.01 --seed 7
        """;

    private static readonly Option<string> Listen = new("--listen") { Description = "Where to listen, such as http://127.0.0.1:9000", HelpName = "URL", Required = true };
    private static readonly Option<int> PaceMs = new("--pace-ms") { Description = "Milliseconds between two tokens of a stream", HelpName = "N" };
    private static readonly Option<int> Tokens = new("--tokens") { Description = "Tokens of an answer (default 48)", HelpName = "N", DefaultValueFactory = _ => 48 };
    private static readonly Option<double> ErrorRate = new("--error-rate") { Description = "Share of requests that get an error status, 0 to 1", HelpName = "P" };
    private static readonly Option<double> StallRate = new("--stall-rate") { Description = "Share of streams that fall silent half way, 0 to 1", HelpName = "P" };
    private static readonly Option<double> CutRate = new("--cut-rate") { Description = "Share of streams that are cut half way, 0 to 1", HelpName = "P" };
    private static readonly Option<int> Seed = new("--seed") { Description = "Changes answers and faults", HelpName = "N", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command(Name, Help) { Listen, PaceMs, Tokens, ErrorRate, StallRate, CutRate, Seed };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new StandInOptions
        {
            PaceMs = parsed.GetValue(PaceMs),
            Tokens = parsed.GetValue(Tokens),
            ErrorRate = parsed.GetValue(ErrorRate),
            StallRate = parsed.GetValue(StallRate),
            CutRate = parsed.GetValue(CutRate),
            Seed = parsed.GetValue(Seed),
        };
        Check(options);
        using var stop = new StopSignal(cancellation);
        try
        {
            await using var standIn = await StandInProvider.StartAsync(EndPointOf(parsed.GetRequiredValue(Listen)), options, TimeProvider.System, cancellation);
            await Console.Out.WriteLineAsync($"stillgate: a STAND-IN provider (not a model) is ready at {standIn.Address}");
            await stop.Asked;
        }
        catch (IOException cause)
        {
            throw new OperatorException($"cannot listen on {parsed.GetValue(Listen)}: {cause.Message}");
        }

        return ExitCode.Ok;
    }

    private static void Check(StandInOptions options)
    {
        if (options.PaceMs < 0 || options.Tokens < 1)
        {
            throw new OperatorException("--pace-ms must be 0 or more and --tokens 1 or more");
        }

        double[] rates = [options.ErrorRate, options.StallRate, options.CutRate];
        if (rates.Any(rate => rate is not (>= 0 and <= 1)) || rates.Sum() > 1)
        {
            throw new OperatorException("--error-rate, --stall-rate and --cut-rate must be from 0 to 1, and no more than 1 together");
        }
    }

    private static IPEndPoint EndPointOf(string text)
    {
        var address = ConfigSection.ParseAddress(text) ?? throw new OperatorException("--listen: expected an address such as http://127.0.0.1:9000");
        return ListenAddress.IsUsable(address) ? ListenAddress.EndPointOf(address)
            : throw new OperatorException("--listen: expected localhost or an IP address as the host");
    }
}
