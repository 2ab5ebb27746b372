using System.CommandLine;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary>The <c>stillgate</c> command: every verb, in the order in which help shows them.</summary>
internal static class StillgateCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"stillgate: {error.Message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("stillgate: add --help for usage and examples").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(Invocation(parsed.CommandResult.Command.Name)).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperatorException or LogFormatException or SimulationException)
        {
            // These carry a message that was written for the operator; anything else is a defect and shows its trace.
            await Console.Error.WriteLineAsync($"stillgate: {failure.Message}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    // The library ends a process two seconds after it was told to stop. What serves takes its own time, which the operator sets, and hears the signals itself (StopSignal).
    private static InvocationConfiguration Invocation(string command)
    {
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        if (command is UpCommand.Name or StandInCommand.Name)
        {
            invocation.ProcessTerminationTimeout = null;
        }

        return invocation;
    }

    internal static RootCommand Create()
    {
        var root = new RootCommand("The gateway that keeps an AI model from being distilled by those who may not, and proves what it did.");
        root.Add(DemoCommand.Create());
        root.Add(UpCommand.Create());
        root.Add(AnalyzeCommand.Create());
        root.Add(BackgroundCommand.Create());
        root.Add(CalibrateCommand.Create());
        root.Add(KeyCommand.Create());
        root.Add(AdminCommand.Create());
        root.Add(StoreCommand.Create());
        root.Add(PartiesCommand.Create());
        root.Add(PlacesCommand.Create());
        root.Add(PolicyCommand.Create());
        root.Add(HoldCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(StandInCommand.Create());
        root.Add(LabCommand.Create());
        return root;
    }
}
