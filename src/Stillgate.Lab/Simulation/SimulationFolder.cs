using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation;

/// <summary>
/// The folder of a composition while it is written: everything goes to a folder beside the asked one, which takes its name only
/// when all is there. Disposing before <see cref="Commit"/> removes it.
/// </summary>
internal sealed class SimulationFolder : IDisposable
{
    private readonly string _target;
    private readonly string _work;
    private readonly BackgroundCompressor _log;
    private readonly ExchangeLineWriter _lines = new();
    private bool _committed;

    public SimulationFolder(string target)
    {
        _target = Path.GetFullPath(target);
        _work = _target + ".partial";
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
        {
            throw new SimulationException($"{target}: exists already; give a folder that does not, or an empty one");
        }

        try
        {
            if (Directory.Exists(_work))
            {
                Directory.Delete(_work, recursive: true);
            }

            Directory.CreateDirectory(_work);
            var file = new FileStream(Path.Combine(_work, "log.jsonl.gz"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
            _log = new BackgroundCompressor(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"{target}: cannot be written: {cause.Message}", cause);
        }
    }

    public void Write(ExchangeRecord record) => _log.Write(_lines.Encode(record).Span);

    public void WritePlans(IReadOnlyList<AccountPlan> plans)
    {
        using var registrations = File.Create(Path.Combine(_work, "registrations.jsonl"));
        using var labels = File.Create(Path.Combine(_work, "labels.jsonl"));
        foreach (var plan in plans)
        {
            registrations.Write(_lines.Encode(plan.Identity.Registration).Span);
            JsonSerializer.Serialize(labels, plan.Label, SimulationJson.Default.AccountLabel);
            labels.WriteByte((byte)'\n');
        }
    }

    public void Commit(SimulationSummary summary)
    {
        _log.Finish();
        using (var manifest = File.Create(Path.Combine(_work, "manifest.json")))
        {
            JsonSerializer.Serialize(manifest, summary, SimulationJson.Default.SimulationSummary);
        }

        if (Directory.Exists(_target))
        {
            Directory.Delete(_target);
        }

        Directory.Move(_work, _target);
        _committed = true;
    }

    public void Dispose()
    {
        _log.Dispose();
        _lines.Dispose();
        if (!_committed && Directory.Exists(_work))
        {
            Directory.Delete(_work, recursive: true);
        }
    }
}
