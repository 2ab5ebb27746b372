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

    /// <summary>Runs the analysis. A log in time order, give or take an hour, is streamed; any other is sorted on disk first.</summary>
    /// <param name="progress">Receives the share of the log read, 0 to 1, or null.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The engine at the end of the log, and how the run went.</returns>
    /// <exception cref="LogFormatException">The log cannot be read.</exception>
    public async Task<AnalysisRun> RunAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var pass = new Pass(NewEngine());
        if (!await StreamAsync(pass, progress, cancellation).ConfigureAwait(false))
        {
            pass = pass.Again(NewEngine());
            await SortAsync(pass, progress, cancellation).ConfigureAwait(false);
        }

        return new AnalysisRun(pass.Engine, pass.Engine.Snapshot(), pass.Problems, watch.Elapsed, pass.Sorted);
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
        var source = new LogSource(LogFiles.Expand(_log), _options.SketchKey, LogSource.EveryCore);
        var total = Math.Max(1, source.BytesTotal);
        var latest = long.MinValue;
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
            progress?.Report((double)batch.BytesRead / total);
        }

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
        private long _alreadyReported;

        public AnalysisEngine Engine { get; } = engine;

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
