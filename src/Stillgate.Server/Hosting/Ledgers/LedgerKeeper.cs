using System.Globalization;
using System.Text;
using Stillgate.Gateway;
using Stillgate.Gateway.Controls.Ledgers;

namespace Stillgate.Server.Hosting.Ledgers;

/// <summary>
/// Keeps what controls remember over a restart: takes it up at the start, and writes what is new behind the live path (<see cref="PacedKeeper"/>). A stop writes last, after every exchange
/// has been closed.
/// </summary>
internal sealed class LedgerKeeper : PacedKeeper
{
    private readonly LedgerFiles[] _files;
    private readonly GatewayConfigSource _configs;

    /// <summary>Takes up what the files hold and begins to keep them.</summary>
    public LedgerKeeper(string folder, IEnumerable<IKeptLedger> ledgers, GatewayConfigSource configs, TimeProvider time, ILogger logger)
        : base(time)
    {
        _configs = configs;
        _files = [.. ledgers.Select(ledger => new LedgerFiles(folder, ledger, logger))];
        Array.ForEach(_files, files => files.Restore(configs.Controls));
        Begin();
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

    protected override bool Write()
    {
        var isWritten = false;
        foreach (var files in _files)
        {
            isWritten |= files.Save(_configs.Controls);
        }

        return isWritten;
    }

    private void Add(StringBuilder text, string name, string type, string help, Func<LedgerFiles, long> count)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var files in _files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{ledger=\"{files.Name}\"}} {count(files)}\n");
        }
    }
}
