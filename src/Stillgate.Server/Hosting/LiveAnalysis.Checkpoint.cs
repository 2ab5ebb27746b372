using Stillgate.Detection.Engine;
using Stillgate.Detection.Pipeline;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Hosting;

// The analysis on disk, so that a restart reads only what came after. A checkpoint says how many lines of this process's log it stands for, and
// is put in place only once the log holds them all: a killed gateway can lose the end of its log, and never has counted what is lost.
internal sealed partial class LiveAnalysis
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromMinutes(10);

    // Set before the warm-up and not after; null where no checkpoint is kept, or no longer.
    private string? _checkpointFile;
    private Func<(long Written, long Dropped)>? _log;
    private Func<IEnumerable<RegistrationRecord>>? _registered;
    private ulong _rules;
    private IReadOnlyList<(string Name, long Bytes)> _earlierFiles = [];

    // Written by the recorder's thread under the turn, or under the gate while exchanges wait; read under both.
    private long _shownCount;
    private string? _lastShown;

    // Touched by the one timer call that holds the flag, and by the last call of all.
    private long _checkpointEnded;
    private long _checkpointedCount = -1;
    private long? _awaitedLines;

    /// <summary>Keeps a checkpoint, and goes on from the one that is there.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="log">How many records the log of this process holds, and how many were lost to it.</param>
    /// <param name="registered">What the operator knows of the accounts.</param>
    public void KeepCheckpoint(string file, Func<(long Written, long Dropped)> log, Func<IEnumerable<RegistrationRecord>> registered)
    {
        (_checkpointFile, _log, _registered) = (file, log, registered);
        _rules = AnalysisEngine.RulesOf(_options);
    }

    /// <summary>Takes up the checkpoint where it fits the files.</summary>
    /// <returns>The files that it has not read to their end, and how far it has read into them; all of them and null where there is none.</returns>
    private (IReadOnlyList<string> Files, LogPosition? From) Resume(IReadOnlyList<string> files)
    {
        _earlierFiles = [.. files.Where(File.Exists).Select(file => (Path.GetFileName(file), new FileInfo(file).Length))];
        if (_checkpointFile is null)
        {
            return (files, null);
        }

        if (CheckpointFile.TryLoad(_checkpointFile, _options, out var reason) is not { } found)
        {
            if (reason is not null)
            {
                ServerLog.CheckpointUnusable(_logger, reason);
            }

            return (files, null);
        }

        var read = found.Position.Files;
        if (read.Count > _earlierFiles.Count || !read.SequenceEqual(_earlierFiles.Take(read.Count)))
        {
            ServerLog.CheckpointUnusable(_logger, "the files of the log are not those that it was made from");
            return (files, null);
        }

        Restart(found.Engine);
        ServerLog.CheckpointTaken(_logger, found.Engine.ExchangeCount);
        return ([.. files.Skip(read.Count)], found.Position);
    }

    /// <summary>Puts another engine in the place of the one that there is.</summary>
    private void Restart(AnalysisEngine engine)
    {
        foreach (var registration in _registered?.Invoke() ?? [])
        {
            engine.Register(registration);
        }

        lock (_turn)
        {
            _engine = engine;
            Interlocked.Exchange(ref _analysedCount, engine.ExchangeCount);
        }
    }

    private void Shown(ExchangeRecord record)
    {
        _shownCount++;
        _lastShown = record.Id;
    }

    private void CheckpointIfDue()
    {
        if (_awaitedLines is not null)
        {
            PublishCheckpoint();
        }
        else if (WarmUp is null && AnalysedCount != _checkpointedCount && (_checkpointedCount < 0 || _time.GetElapsedTime(_checkpointEnded) >= CheckpointInterval))
        {
            WriteCheckpoint();
            PublishCheckpoint();
        }
    }

    private void WriteCheckpoint()
    {
        if (_checkpointFile is not { } file)
        {
            return;
        }

        lock (_gate)
        {
            if (_held is not null)
            {
                return;
            }
        }

        try
        {
            lock (_turn)
            {
                var position = new LogPosition { Files = _earlierFiles, Lines = _shownCount, LastExchange = _lastShown };
                CheckpointFile.WritePartial(file, position, _engine, _rules);
                (_awaitedLines, _checkpointedCount) = (_shownCount, AnalysedCount);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ServerLog.CheckpointFailed(_logger, failure.Message);
            _checkpointedCount = AnalysedCount;
        }

        _checkpointEnded = _time.GetTimestamp();
    }

    private void PublishCheckpoint()
    {
        if (_checkpointFile is not { } file || _awaitedLines is not { } lines)
        {
            return;
        }

        var (written, dropped) = _log!();
        if (dropped > 0)
        {
            // What was shown is no longer what is written: the next process reads this one's log anew.
            ServerLog.CheckpointFailed(_logger, "records were lost to the log");
            (_checkpointFile, _awaitedLines) = (null, null);
            return;
        }

        if (written < lines)
        {
            return;
        }

        try
        {
            CheckpointFile.Publish(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ServerLog.CheckpointFailed(_logger, failure.Message);
        }

        _awaitedLines = null;
    }
}
