using Stillgate.Server.Commands;

namespace Stillgate.Server.Hosting;

/// <summary>
/// Reads files again when one of them was changed or put in another's place. What was read last stays in force where the new cannot be used, which is
/// told once a change.
/// </summary>
internal sealed class FileFollower : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<string> _paths;
    private readonly Action _load;
    private readonly Action<string> _tell;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _seen;
    private bool _isDisposed;

    /// <summary>Reads the files before it returns.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="load">Reads them and puts what they say in force, or throws <see cref="OperatorException"/> and changes nothing.</param>
    /// <param name="tell">Hears why what changed is not in force.</param>
    /// <param name="time">The clock of the looks.</param>
    /// <exception cref="OperatorException">The files cannot be used.</exception>
    public FileFollower(IReadOnlyList<string> paths, Action load, Action<string> tell, TimeProvider time)
    {
        (_paths, _load, _tell) = (paths, load, tell);

        // Before the reading: what changes while it is read is seen as a change at the next look.
        _seen = Stamp();
        load();
        _timer = time.CreateTimer(static state => ((FileFollower)state!).Look(), this, Interval, Interval);
    }

    /// <summary>Ends when other files have come into force than those in force now.</summary>
    public Task Replaced => Volatile.Read(ref _replaced).Task;

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private void Look()
    {
        // A reading that takes long must not be followed by one beside it.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            var stamp = Stamp();
            if (_isDisposed || stamp == _seen)
            {
                return;
            }

            _seen = stamp;
            _load();
            Interlocked.Exchange(ref _replaced, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
        catch (OperatorException unusable)
        {
            _tell(unusable.Message);
        }
        finally
        {
            _gate.Exit();
        }
    }

    // A file that is not there has the time 1601, so that its going and coming are changes too.
    private string Stamp() => string.Join(' ', _paths.Select(path => $"{File.GetLastWriteTimeUtc(path).Ticks}:{LengthOf(path)}"));

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : -1;
    }
}
