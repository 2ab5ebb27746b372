using System.Collections.Frozen;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Gateway.Budgets;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.WebConsole.Feeds;

namespace Stillgate.Server.Hosting;

/// <summary>
/// The analysis behind a running gateway: fed by the recorder's one thread, read as snapshots. A snapshot is made at most once an
/// interval, and only where something came in since the last. It may first read the log that is in the store already
/// (<see cref="Hold"/>, then <see cref="WarmUpAsync"/>): what comes in meanwhile waits in a file, so that the engine sees everything in order and
/// once, and the recorder never waits.
/// </summary>
internal sealed partial class LiveAnalysis : IExchangeObserver, IAnalysisFeed, ICampaignDirectory, IDisposable
{
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(1);

    // A snapshot of a large state takes a while: so many times as long as the last one took, the engine has to itself.
    private const int RestPerSnapshot = 9;

    // Whoever holds both takes the gate first. The turn guards the engine; the gate guards who feeds it.
    private readonly Lock _gate = new();
    private readonly Lock _turn = new();
    private readonly SketchKey _key;
    private readonly TimeProvider _time;
    private readonly AnalysisOptions _options;
    private AnalysisEngine _engine;
    private readonly ExchangeSketcher _sketcher;
    private readonly SketchedExchange _exchange = new();
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private AnalysisSnapshot _current = AnalysisSnapshot.Empty;
    private long _analysedCount;
    private FrozenDictionary<string, string> _campaignOf = FrozenDictionary<string, string>.Empty;
    private long _unreadableCount;
    private long _failedCount;

    // Written by the one timer call that holds the flag.
    private int _isPublishing;
    private long _snapshotEnded;
    private TimeSpan _snapshotTook;

    /// <summary>Creates an analysis that has seen nothing.</summary>
    /// <param name="options">How to run it; the sketch key is the one under which the recorder sketches.</param>
    /// <param name="registrations">What the operator knows of the accounts.</param>
    /// <param name="time">Drives the snapshots. The analysis itself knows only the log's time.</param>
    /// <param name="logger">Told when the analysis fails for the first time.</param>
    public LiveAnalysis(AnalysisOptions options, IEnumerable<RegistrationRecord> registrations, TimeProvider time, ILogger logger)
    {
        (_logger, _time, _key, _options) = (logger, time, options.SketchKey, options);
        _engine = new AnalysisEngine(options);
        _sketcher = new ExchangeSketcher(options.SketchKey);
        foreach (var registration in registrations)
        {
            _engine.Register(registration);
        }

        _timer = time.CreateTimer(_ => Guard(PublishIfDue), null, SnapshotInterval, SnapshotInterval);
    }

    /// <inheritdoc/>
    public AnalysisSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Exchanges analysed.</summary>
    public long AnalysedCount => Interlocked.Read(ref _analysedCount);

    /// <summary>Records whose sketch this build cannot read: counted, not analysed.</summary>
    public long UnreadableCount => Interlocked.Read(ref _unreadableCount);

    /// <summary>Steps in which the analysis failed: a record that was not analysed, or a snapshot that was not made.</summary>
    public long FailedCount => Interlocked.Read(ref _failedCount);

    /// <summary>Tells the analysis what the operator knows of accounts. Takes effect for accounts that it has not seen yet.</summary>
    public void Register(IEnumerable<RegistrationRecord> registrations)
    {
        lock (_turn)
        {
            foreach (var registration in registrations)
            {
                _engine.Register(registration);
            }
        }
    }

    /// <inheritdoc/>
    public string? CampaignOf(string account) => Volatile.Read(ref _campaignOf).GetValueOrDefault(account);

    /// <inheritdoc/>
    public void OnExchange(ExchangeRecord record) => Guard(() => Observe(record));

    /// <summary>Makes the current snapshot hold everything observed so far.</summary>
    public void Publish()
    {
        lock (_turn)
        {
            if (_engine.ExchangeCount != _current.ExchangeCount)
            {
                var snapshot = _engine.Snapshot();
                Volatile.Write(ref _current, snapshot);
                Volatile.Write(ref _campaignOf, snapshot.Campaigns
                    .SelectMany(campaign => campaign.Accounts.Select(account => (account, campaign.Id)))
                    .DistinctBy(member => member.account)
                    .ToFrozenDictionary(member => member.account, member => member.Id, StringComparer.Ordinal));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        if (Interlocked.Exchange(ref _isPublishing, 1) == 0 && WarmUp is null && _checkpointFile is not null)
        {
            WriteCheckpoint();
            PublishCheckpoint();
        }

        lock (_gate)
        {
            _held?.Dispose();
            _held = null;
        }

        lock (_turn)
        {
            _sketcher.Dispose();
        }
    }

    // Called by the recorder's one thread, which alone uses the sketcher and its exchange.
    private void Observe(ExchangeRecord record)
    {
        var isAnalysed = ExchangeReading.IsAnalysed(record);
        if (isAnalysed && !ExchangeReading.TryRead(record, _sketcher, _exchange))
        {
            Interlocked.Increment(ref _unreadableCount);
            isAnalysed = false;
        }

        lock (_gate)
        {
            if (_held is { } held)
            {
                Shown(record);
                if (isAnalysed)
                {
                    held.Add(_exchange);
                }

                return;
            }
        }

        lock (_turn)
        {
            // The log has the line, whatever becomes of the analysis.
            Shown(record);
            if (isAnalysed)
            {
                Analyse(_exchange);
            }
        }
    }

    private void Feed(IReadOnlyList<SketchedExchange> exchanges)
    {
        lock (_turn)
        {
            foreach (var exchange in exchanges)
            {
                Guard(() => Analyse(exchange));
            }
        }
    }

    private void Analyse(SketchedExchange exchange)
    {
        _engine.Observe(exchange);
        Interlocked.Increment(ref _analysedCount);
    }

    private void PublishIfDue()
    {
        // The timer does not wait for its last call to end; a second snapshot in a row would be of use to nobody.
        if (Interlocked.Exchange(ref _isPublishing, 1) == 1)
        {
            return;
        }

        try
        {
            if (_time.GetElapsedTime(_snapshotEnded) >= RestPerSnapshot * _snapshotTook)
            {
                var began = _time.GetTimestamp();
                Publish();
                _snapshotEnded = _time.GetTimestamp();
                _snapshotTook = _time.GetElapsedTime(began, _snapshotEnded);
            }

            if (_checkpointFile is not null)
            {
                CheckpointIfDue();
            }
        }
        finally
        {
            Volatile.Write(ref _isPublishing, 0);
        }
    }

    // The gateway and its log must outlive any defect of the analysis: the last snapshot stays, and the failure is told once.
    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure)
        {
            Failed(failure);
        }
    }

    private void Failed(Exception failure)
    {
        if (Interlocked.Increment(ref _failedCount) == 1)
        {
            // The exception's message may quote content, so only its type and its trace are told.
            ServerLog.AnalysisFailed(_logger, failure.GetType().FullName!, failure.StackTrace);
        }
    }
}
