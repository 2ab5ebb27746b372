using System.Runtime.InteropServices;

namespace Stillgate.Server.Commands;

/// <summary>Waits for the operator to stop a command that serves.</summary>
internal static class StopSignal
{
    public static async Task WaitAsync(CancellationToken cancellation)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var cancelled = cancellation.Register(() => stop.TrySetResult());
        await stop.Task;
    }
}
