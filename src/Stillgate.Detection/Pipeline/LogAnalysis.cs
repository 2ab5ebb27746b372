using System.Diagnostics;
using Stillgate.Detection.Engine;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>Analyses a log from end to end.</summary>
public sealed class LogAnalysis
{
    // A gateway writes an exchange when it ends, so a live log is a little out of order; more than this is a log sorted by account.
    private static readonly long DisorderMsMax = (long)TimeSpan.FromHours(1).TotalMilliseconds;

    private readonly string _log;
    private readonly IReadOnlyList<RegistrationRecord> _registrations;
    private readonly AnalysisOptions _options;
    private readonly Action<LogProblem> _onProblem;
    private ulong? _rules;

    /// <summary>Prepares an analysis.</summary>
    /// <param name="log">A log file, or a folder of them.</param>
    /// <param name="registrations">What the operator knows of the accounts.</param>
    /// <param name="options">How to run.</param>
    /// <param name="onProblem">Called once for each bad line, in order.</param>
    /// <exception cref="LogFormatException">There is no such log.</exception>
    public LogAnalysis(string log, IReadOnlyList<RegistrationRecord> registrations, AnalysisOptions options, Action<LogProblem> onProblem)
    {
        _ = LogFiles.Expand(log);
        (_log, _registrations, _options, _onProblem) = (log, registrations, options, onProblem);
    }

    /// <summary>Where to keep a checkpoint, or null for none. A log that is not in time order is analysed in one go and leaves none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Runs the analysis. A log in time order, give or take an hour, is streamed; any other is sorted on disk first.</summary>
    /// <param name="progress">Receives the share of the log read, 0 to 1, or null.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The engine at the end of the log, and how the run went.</returns>
    /// <exception cref="LogFormatException">The log cannot be read.</exception>
    public async Task<AnalysisRun> RunAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var (pass, isInOrder) = await StreamOrStartOverAsync(progress, cancellation).ConfigureAwait(false);
        if (!isInOrder)
        {
            pass = pass.Again(NewEngine());
            await SortAsync(pass, progress, cancellation).ConfigureAwait(false);
        }

        return new AnalysisRun(pass.Engine, pass.Engine.Snapshot(), pass.Problems, watch.Elapsed, pass.Sorted);
    }

    private async Task<(Pass Pass, bool IsInOrder)> StreamOrStartOverAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Resume() is { } resumed)
        {
            try
            {
                return (resumed, await StreamAsync(resumed, progress, cancellation).ConfigureAwait(false));
            }
            catch (LogChangedException changed)
            {
                Checkpoint!.OnNote($"{Checkpoint.File}: {changed.Message}; the log is read from its beginning");
            }
        }

        var pass = new Pass(NewEngine());
        return (pass, await StreamAsync(pass, progress, cancellation).ConfigureAwait(false));
    }

    private Pass? Resume()
    {
        if (Checkpoint is null)
        {
            return null;
        }

        if (CheckpointFile.TryLoad(Checkpoint.File, _options, out var reason) is not { } found)
        {
            if (reason is not null)
            {
                Checkpoint.OnNote($"{reason}; the log is read from its beginning");
            }

            return null;
        }

        foreach (var registration in _registrations)
        {
            found.Engine.Register(registration);
        }

        Checkpoint.OnNote($"{Checkpoint.File}: going on after {found.Engine.ExchangeCount} exchanges");
        return new Pass(found.Engine) { From = found.Position };
    }

    // Asked after each batch, and once more at the end of the log.
    private void Keep(Pass pass, (long Lines, ulong Hash) end, long latestMs, bool isEnd)
    {
        if (Checkpoint is null || (!isEnd && pass.Engine.ExchangeCount - pass.KeptAt < Checkpoint.EveryExchanges))
        {
            return;
        }

        pass.KeptAt = pass.Engine.ExchangeCount;
        _rules ??= AnalysisEngine.RulesOf(_options);
        var position = new LogPosition { Lines = end.Lines, LinesHash = end.Hash, Problems = pass.Problems, LatestMs = latestMs };
        try
        {
            CheckpointFile.Save(Checkpoint.File, position, pass.Engine, _rules.Value);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The findings do not need it.
            Checkpoint.OnNote($"{Checkpoint.File}: cannot be written: {failure.Message}");
        }
    }

    private AnalysisEngine NewEngine()
    {
        var engine = new AnalysisEngine(_options);
        foreach (var registration in _registrations)
        {
            engine.Register(registration);
        }

        return engine;
    }

    /// <returns>False where the log turned out not to be in time order.</returns>
    private async Task<bool> StreamAsync(Pass pass, IProgress<double>? progress, CancellationToken cancellation)
    {
        var source = new LogSource(LogFiles.Expand(_log), _options.SketchKey, LogSource.EveryCore) { Skip = new LineSkip(pass.From) };
        var total = Math.Max(1, source.BytesTotal);
        var latest = pass.From?.LatestMs ?? long.MinValue;
        var problems = new List<LogProblem>();
        await foreach (var batch in source.ReadAsync(cancellation).ConfigureAwait(false))
        {
            problems.AddRange(batch.Problems);
            foreach (var exchange in batch.Exchanges)
            {
                if (latest != long.MinValue && exchange.AtMs < latest - DisorderMsMax)
                {
                    return false;
                }

                latest = Math.Max(latest, exchange.AtMs);
                pass.Engine.Observe(exchange);
            }

            pass.Report(problems, _onProblem);
            Keep(pass, batch.End, latest, isEnd: false);
            progress?.Report((double)batch.BytesRead / total);
        }

        if (!source.Skip.IsPast)
        {
            throw new LogChangedException($"the log has {source.Skip.Lines} lines, fewer than the checkpoint");
        }

        Keep(pass, (source.Skip.Lines, source.Skip.Hash), latest, isEnd: true);
        return true;
    }

    private async Task SortAsync(Pass pass, IProgress<double>? progress, CancellationToken cancellation)
    {
        pass.Sorted = true;
        var source = new LogSource(LogFiles.Expand(_log), _options.SketchKey, LogSource.EveryCore);
        var total = Math.Max(1, source.BytesTotal);
        using var sorter = new ExchangeSorter();
        var problems = new List<LogProblem>();
        await foreach (var batch in source.ReadAsync(cancellation).ConfigureAwait(false))
        {
            problems.AddRange(batch.Problems);
            foreach (var exchange in batch.Exchanges)
            {
                sorter.Add(exchange);
            }

            pass.Report(problems, _onProblem);
            progress?.Report(0.7 * batch.BytesRead / total);
        }

        long done = 0;
        foreach (var exchange in sorter.InOrder())
        {
            cancellation.ThrowIfCancellationRequested();
            pass.Engine.Observe(exchange);
            if (++done % 10_000 == 0)
            {
                progress?.Report(0.7 + (0.3 * done / sorter.Count));
            }
        }
    }

    private sealed class Pass(AnalysisEngine engine)
    {
        private readonly LogPosition? _from;
        private long _alreadyReported;

        public AnalysisEngine Engine { get; } = engine;

        /// <summary>Where it goes on, or null for the beginning. What was told before is not told again.</summary>
        public LogPosition? From
        {
            get => _from;
            init => (_from, Problems, _alreadyReported) = (value, value?.Problems ?? 0, value?.Problems ?? 0);
        }

        /// <summary>Exchanges at the last checkpoint.</summary>
        public long KeptAt { get; set; } = engine.ExchangeCount;

        public long Problems { get; private set; }

        public bool Sorted { get; set; }

        /// <summary>Starts over from the log's beginning; what was reported is not reported twice.</summary>
        public Pass Again(AnalysisEngine fresh) => new(fresh) { _alreadyReported = Problems };

        public void Report(List<LogProblem> problems, Action<LogProblem> onProblem)
        {
            foreach (var problem in problems)
            {
                if (++Problems > _alreadyReported)
                {
                    onProblem(problem);
                }
            }

            problems.Clear();
        }
    }
}
