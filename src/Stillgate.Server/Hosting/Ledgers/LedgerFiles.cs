using System.Globalization;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Controls.Ledgers;

namespace Stillgate.Server.Hosting.Ledgers;

/// <summary>The files of one ledger: one for each generation that it holds, and none of one that it has forgotten. Used under the keeper's turn, but for the counts.</summary>
internal sealed class LedgerFiles(string folder, IKeptLedger ledger, ILogger logger)
{
    private const string Damaged = ".damaged";
    private const int GenerationsHeld = 2;

    private readonly List<LedgerSegment> _segments = [];
    private bool _isWhole = true;
    private bool _isFailing;
    private long _writtenCount;
    private long _pastBoundCount;
    private int _waitingCount;

    public string Name => ledger.Name;

    public long WrittenCount => Volatile.Read(ref _writtenCount);

    public long PastBoundCount => Volatile.Read(ref _pastBoundCount);

    public int WaitingCount => Volatile.Read(ref _waitingCount);

    /// <summary>Takes up what the files hold. Damage costs the blocks that it is in, and never the start.</summary>
    public void Restore(ControlOptions options)
    {
        var kept = new List<LedgerEntries>();
        try
        {
            // The beginning of their generations stands in their names: the youngest first.
            string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, ledger.Name + "-*") : [];
            foreach (var path in paths.OrderDescending(StringComparer.Ordinal))
            {
                if (kept.Count == GenerationsHeld)
                {
                    File.Delete(path);
                }
                else if (Open(path) is { } entries)
                {
                    kept.Insert(0, entries);
                }
            }
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            _isWhole = false;
            ServerLog.LedgerUnusable(logger, ledger.Name, unusable.Message);
        }

        ledger.Restore(kept, _isWhole, options);
        if (kept.Count > 0)
        {
            ServerLog.LedgerTakenUp(logger, ledger.Name, kept.Sum(one => one.Entries.Length / ledger.EntryBytes));
        }
    }

    /// <summary>Writes what is new, and deletes the files of generations that were forgotten.</summary>
    /// <returns>Whether anything was written.</returns>
    public bool Save(ControlOptions options)
    {
        var held = ledger.TakeNew(options);
        foreach (var generation in held)
        {
            Add(generation);
        }

        try
        {
            Forget(held);
            var written = Write();
            if (_isFailing)
            {
                ServerLog.LedgerKeptAgain(logger, ledger.Name);
                _isFailing = false;
            }

            return written > 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Serving goes on, and what could not be written waits for the next time.
            if (!_isFailing)
            {
                ServerLog.LedgerNotKept(logger, ledger.Name, _segments.Sum(segment => segment.WaitingCount), failure.Message);
            }

            _isFailing = true;
            return false;
        }
        finally
        {
            Volatile.Write(ref _waitingCount, _segments.Sum(segment => segment.WaitingCount));
        }
    }

    private LedgerEntries? Open(string path)
    {
        try
        {
            // As if every entry had been written by itself.
            var bytesMax = LedgerFormat.HeadBytes + ((long)ledger.EntriesMax * (LedgerFormat.BlockHeadBytes + ledger.EntryBytes));
            var (segment, entries) = LedgerSegment.Open(path, ledger.EntryBytes, bytesMax);
            if (Path.GetFileName(path) != Path.GetFileName(PathOf(segment.BeganAt)))
            {
                throw new InvalidDataException("its name and its head say different beginnings");
            }

            if (segment.DamageCount > 0)
            {
                _isWhole &= segment.IsWholeToItsEnd;
                ServerLog.LedgerDamaged(logger, ledger.Name, Path.GetFileName(path), segment.DamageCount);
            }

            _segments.Add(segment);
            return new LedgerEntries(segment.BeganAt, entries, PastBoundCount: 0);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _isWhole = false;
            ServerLog.LedgerUnusable(logger, ledger.Name, Path.GetFileName(path) + ": " + unusable.Message);
            if (unusable is InvalidDataException)
            {
                File.Move(path, Path.Combine(folder, ledger.Name + Damaged), overwrite: true);
            }

            return null;
        }
    }

    private void Add(LedgerEntries generation)
    {
        if (generation.PastBoundCount > 0)
        {
            if (PastBoundCount == 0)
            {
                ServerLog.LedgerPastBound(logger, ledger.Name, ledger.EntriesMax);
            }

            Volatile.Write(ref _pastBoundCount, _pastBoundCount + generation.PastBoundCount);
        }

        if (generation.Entries.IsEmpty)
        {
            return;
        }

        var segment = _segments.Find(segment => segment.BeganAt == generation.BeganAt);
        if (segment is null)
        {
            _segments.Add(segment = new LedgerSegment(PathOf(generation.BeganAt), ledger.EntryBytes, generation.BeganAt));
        }

        segment.Add(generation.Entries);
    }

    private void Forget(IReadOnlyList<LedgerEntries> held)
    {
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            if (held.All(generation => generation.BeganAt != _segments[i].BeganAt))
            {
                // There is no file yet where it could never be written.
                if (File.Exists(_segments[i].Path))
                {
                    File.Delete(_segments[i].Path);
                }

                _segments.RemoveAt(i);
            }
        }
    }

    private int Write()
    {
        var written = 0;
        foreach (var segment in _segments.Where(segment => segment.WaitingCount > 0))
        {
            Directory.CreateDirectory(folder);
            written += segment.Write();
            Volatile.Write(ref _writtenCount, _writtenCount + written);
        }

        return written;
    }

    private string PathOf(DateTimeOffset beganAt) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{ledger.Name}-{beganAt.ToUnixTimeMilliseconds():D15}"));
}
