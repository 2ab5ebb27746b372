using System.Runtime.InteropServices;

namespace Stillgate.Server.Commands;

/// <summary>
/// The operator's word to stop a command that serves: SIGTERM or Ctrl-C. From its making to its end no such signal ends the process by itself, so that what is
/// under way can be finished and recorded.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private readonly CancellationTokenRegistration _cancelled;
    private Action? _again;

    public StopSignal(CancellationToken cancellation)
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        _cancelled = cancellation.Register(() => _asked.TrySetResult());
    }

    /// <summary>Ends when the operator has asked.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Says what to do when the operator asks once more, and will not wait.</summary>
    public void WhenAskedAgain(Action again) => Volatile.Write(ref _again, again);

    public void Dispose()
    {
        _cancelled.Dispose();
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!_asked.TrySetResult())
        {
            Volatile.Read(ref _again)?.Invoke();
        }
    }
}
