using System.Globalization;
using System.Text;
using Stillgate.Gateway;
using Stillgate.Gateway.Controls.Ledgers;

namespace Stillgate.Server.Hosting.Ledgers;

/// <summary>
/// Keeps what controls remember over a restart: takes it up at the start, and writes what is new behind the live path, at most once a second and with nine times as long a rest as the writing took. A process that is
/// killed forgets no more than that; a stop writes last, after every exchange has been closed.
/// </summary>
internal sealed class LedgerKeeper : IDisposable
{
    private const int RestPerSave = 9;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly LedgerFiles[] _files;
    private readonly GatewayConfigSource _configs;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _turn = new();

    // Under the turn.
    private TaskCompletionSource _saved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ended;
    private TimeSpan _took;

    /// <summary>Takes up what the files hold and begins to keep them.</summary>
    public LedgerKeeper(string folder, IEnumerable<IKeptLedger> ledgers, GatewayConfigSource configs, TimeProvider time, ILogger logger)
    {
        (_configs, _time) = (configs, time);
        _files = [.. ledgers.Select(ledger => new LedgerFiles(folder, ledger, logger))];
        Array.ForEach(_files, files => files.Restore(configs.Controls));
        _timer = time.CreateTimer(static state => ((LedgerKeeper)state!).SaveIfDue(), this, Interval, Interval);
    }

    /// <summary>Ends when entries have been written the next time.</summary>
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
            var began = _time.GetTimestamp();
            var isWritten = false;
            foreach (var files in _files)
            {
                isWritten |= files.Save(_configs.Controls);
            }

            if (isWritten)
            {
                _saved.SetResult();
                _saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _ended = _time.GetTimestamp();
            _took = _time.GetElapsedTime(began, _ended);
        }
    }

    /// <summary>The counts in Prometheus' text format; the label is of a closed set.</summary>
    public string ToPrometheusText()
    {
        var text = new StringBuilder(1024);
        Add(text, "stillgate_ledger_entries_written_total", "counter", "Entries of what controls remember that were written to the store.", files => files.WrittenCount);
        Add(text, "stillgate_ledger_entries_waiting", "gauge", "Entries that could not be written yet.", files => files.WaitingCount);
        Add(text, "stillgate_ledger_entries_past_bound_total", "counter", "Entries that are held in memory alone, since a file holds no more.", files => files.PastBoundCount);
        return text.ToString();
    }

    public void Dispose() => _timer.Dispose();

    private void Add(StringBuilder text, string name, string type, string help, Func<LedgerFiles, long> count)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var files in _files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{ledger=\"{files.Name}\"}} {count(files)}\n");
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
