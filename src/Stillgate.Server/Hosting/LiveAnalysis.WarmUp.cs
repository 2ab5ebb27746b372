using Stillgate.Detection.Engine;
using Stillgate.Detection.Pipeline;

namespace Stillgate.Server.Hosting;

// Reading the log that is in the store already, while the gateway serves.
internal sealed partial class LiveAnalysis
{
    // Exchanges fed to the engine before a snapshot may come between.
    private const int FeedPart = 1024;

    // Guarded by the gate; null when the analysis is live.
    private HeldExchanges? _held;
    private string? _holdFolder;
    private WarmUpState? _warmUp;

    /// <inheritdoc/>
    public double? WarmUpShare => WarmUp?.Share;

    /// <summary>How far the stored log has been read; null when the analysis is live.</summary>
    public WarmUpState? WarmUp => Volatile.Read(ref _warmUp);

    /// <summary>From now on, exchanges that come in wait, until <see cref="WarmUpAsync"/> has read what was there before them.</summary>
    /// <param name="folder">Where they wait: the store's folder.</param>
    public void Hold(string folder)
    {
        lock (_gate)
        {
            _holdFolder = folder;
            Directory.CreateDirectory(folder);
            _held = new HeldExchanges(folder);
            Volatile.Write(ref _warmUp, new WarmUpState(0, 0));
        }
    }

    /// <summary>Analyses the stored log, then what came in meanwhile, then goes live. Fails for nothing: what it cannot read it logs.</summary>
    /// <param name="files">The files that earlier processes wrote, oldest first.</param>
    /// <param name="cancellation">Stops it; the analysis then never goes live.</param>
    /// <returns>Completes when the analysis is live, or was stopped.</returns>
    public async Task WarmUpAsync(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        ServerLog.WarmUpBegan(_logger, files.Count);
        try
        {
            var (rest, from) = Resume(files);
            try
            {
                await ReadStoredAsync(rest, from, cancellation);
            }
            catch (LogChangedException changed)
            {
                ServerLog.CheckpointUnusable(_logger, changed.Message);
                Restart(new AnalysisEngine(_options));
                await ReadStoredAsync(files, from: null, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            // Whatever went wrong with the past, the present must go on: what waits is analysed, and then what comes.
            Failed(failure);
        }

        var stored = AnalysedCount;
        Guard(() => FeedHeld(cancellation));
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        GoLive();
        ServerLog.WarmUpEnded(_logger, stored, AnalysedCount - stored);
        Guard(Publish);
    }

    private Task ReadStoredAsync(IReadOnlyList<string> files, LogPosition? from, CancellationToken cancellation) =>
        new StoredLog(files, _key) { From = from }.ReadAsync(
            Feed,
            _ => Interlocked.Increment(ref _unreadableCount),
            reason => ServerLog.WarmUpFileFailed(_logger, reason),
            new WarmUpProgress(this),
            cancellation);

    /// <summary>Takes what waits, again and again, until a look under the gate finds nothing: only then does the recorder feed the engine.</summary>
    private void FeedHeld(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            HeldExchanges taken;
            lock (_gate)
            {
                if (_held is null || _held.Count == 0)
                {
                    GoLive();
                    return;
                }

                taken = _held;
                _held = new HeldExchanges(_holdFolder!);
            }

            using (taken)
            {
                foreach (var part in taken.Read().Chunk(FeedPart))
                {
                    Feed(part);
                }
            }
        }
    }

    /// <summary>Also where the file of held exchanges failed: what is lost of it was counted as a failure, and what comes is analysed.</summary>
    private void GoLive()
    {
        lock (_gate)
        {
            _held?.Dispose();
            _held = null;
            Volatile.Write(ref _warmUp, null);
        }
    }

    private void Report(double share)
    {
        lock (_gate)
        {
            Volatile.Write(ref _warmUp, new WarmUpState(share, _held?.Count ?? 0));
        }
    }

    private sealed class WarmUpProgress(LiveAnalysis analysis) : IProgress<double>
    {
        public void Report(double value) => analysis.Report(value);
    }
}
