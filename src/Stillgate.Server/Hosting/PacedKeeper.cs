namespace Stillgate.Server.Hosting;

/// <summary>
/// Writes what is to outlive the process behind the live path: one write at a time, at most once a second, and with nine times as long a rest as the last one took, so that a process that is killed
/// forgets no more than that.
/// </summary>
internal abstract class PacedKeeper(TimeProvider time) : IDisposable
{
    private const int RestPerSave = 9;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _turn = new();
    private ITimer? _timer;

    // Under the turn.
    private TaskCompletionSource _saved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ended;
    private TimeSpan _took;

    /// <summary>Ends when something has been written the next time.</summary>
    public Task Saved
    {
        get
        {
            lock (_turn)
            {
                return _saved.Task;
            }
        }
    }

    /// <summary>Writes what is new.</summary>
    public void Save()
    {
        lock (_turn)
        {
            var began = time.GetTimestamp();
            if (Write())
            {
                _saved.SetResult();
                _saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _ended = time.GetTimestamp();
            _took = time.GetElapsedTime(began, _ended);
        }
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Begins to keep, once what was kept has been taken up.</summary>
    protected void Begin() => _timer = time.CreateTimer(static state => ((PacedKeeper)state!).SaveIfDue(), this, Interval, Interval);

    /// <summary>Writes what is new. Called under the turn.</summary>
    /// <returns>Whether anything was written.</returns>
    protected abstract bool Write();

    private void SaveIfDue()
    {
        if (_turn.TryEnter())
        {
            try
            {
                if (time.GetElapsedTime(_ended) >= RestPerSave * _took)
                {
                    Save();
                }
            }
            finally
            {
                _turn.Exit();
            }
        }
    }
}
