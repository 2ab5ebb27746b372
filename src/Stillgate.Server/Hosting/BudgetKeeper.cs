using Stillgate.Gateway;

namespace Stillgate.Server.Hosting;

/// <summary>
/// Keeps what was used of budgets over a restart: takes it up at the start, and writes it behind the live path, at most once a second and with nine times as long a rest as the
/// writing took, so that a process that is killed forgets no more than that. A stop writes last, after everything has been settled.
/// </summary>
internal sealed class BudgetKeeper : IDisposable
{
    private const int RestPerSave = 9;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly string _file;
    private readonly GatewayConfigSource _configs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _turn = new();

    // Under the turn.
    private TaskCompletionSource _saved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ended;
    private TimeSpan _took;
    private bool _isFailing;

    /// <summary>Takes up what the file says and begins to keep it.</summary>
    public BudgetKeeper(string file, GatewayConfigSource configs, TimeProvider time, ILogger logger)
    {
        (_file, _configs, _time, _logger) = (file, configs, time, logger);
        Restore();
        _timer = time.CreateTimer(static state => ((BudgetKeeper)state!).SaveIfDue(), this, Interval, Interval);
    }

    /// <summary>Ends when the file has been written the next time.</summary>
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

    /// <summary>Writes the file where anything was counted since it was written last.</summary>
    public void Save()
    {
        lock (_turn)
        {
            if (!_configs.TakeBudgetsChanged() && !_isFailing)
            {
                return;
            }

            var began = _time.GetTimestamp();
            try
            {
                BudgetFile.Write(_file, _configs.BudgetStandings);
                _isFailing = false;
                _saved.SetResult();
                _saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Serving goes on, as it does where the log cannot be written; the next turn tries again.
                if (!_isFailing)
                {
                    ServerLog.BudgetsNotKept(_logger, failure.Message);
                }

                _isFailing = true;
            }

            _ended = _time.GetTimestamp();
            _took = _time.GetElapsedTime(began, _ended);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Restore()
    {
        try
        {
            var standings = BudgetFile.Read(_file);
            _configs.RestoreBudgets(standings);
            if (standings.Count > 0)
            {
                ServerLog.BudgetsTakenUp(_logger, standings.Count);
            }
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Refusing to serve would let one bad sector stop everybody; what is lost is one window's use, and the operator is told.
            ServerLog.BudgetsUnusable(_logger, unusable.Message);
            SetAside();
        }
    }

    private void SetAside()
    {
        try
        {
            File.Move(_file, _file + ".damaged", overwrite: true);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
            // The next write takes its place, or says itself that it cannot.
            ServerLog.BudgetsNotKept(_logger, stays.Message);
        }
    }

    private void SaveIfDue()
    {
        if (_turn.TryEnter())
        {
            try
            {
                if (_time.GetElapsedTime(_ended) >= RestPerSave * _took)
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
