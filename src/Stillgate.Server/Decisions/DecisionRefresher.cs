using Stillgate.Gateway.Decisions;
using Stillgate.Policy.Live;
using Stillgate.Server.Hosting;
using Stillgate.Storage;

namespace Stillgate.Server.Decisions;

/// <summary>
/// Brings what another process activated, enforced, held or stated into the book that the live path reads. A hold never waits for
/// the customers to be read again: it is put on the book that is in force, and again on the one that follows.
/// </summary>
internal sealed class DecisionRefresher : IDisposable
{
    /// <summary>How often it looks. A hold must be in force two seconds after it was placed, so several looks fall into that time.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly DecisionLoader _loader;
    private readonly CurrentDecisions _current;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<DecisionBook>? _rebuilding;
    private StoreMarks _built;
    private StoreMarks _rebuildingAt;
    private StoreMarks _fresh;
    private bool _isFailing;
    private bool _isDisposed;

    /// <summary>Builds the first book before it returns.</summary>
    /// <exception cref="StoreException">The policy in force cannot be used; a gateway must not start without it.</exception>
    public DecisionRefresher(DecisionLoader loader, CurrentDecisions current, TimeProvider time, ILogger logger)
    {
        (_loader, _current, _logger) = (loader, current, logger);
        _built = _fresh = loader.Marks();
        Publish(loader.Build(CancellationToken.None));
        _timer = time.CreateTimer(static state => ((DecisionRefresher)state!).Look(), this, Interval, Interval);
    }

    /// <summary>Ends when another book has come into force than the one in force now.</summary>
    public Task Replaced => Volatile.Read(ref _replaced).Task;

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _stopping.Cancel();
        _timer.Dispose();
        try
        {
            _rebuilding?.Wait();
        }
        catch (AggregateException cancelled) when (cancelled.InnerException is OperationCanceledException or StoreException or Microsoft.Data.Sqlite.SqliteException)
        {
            // It was given up with the host, or failed as it would have been told at the next look.
        }

        _stopping.Dispose();
    }

    private void Look()
    {
        // A look that takes long must not be followed by one beside it.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isDisposed)
            {
                Follow(_loader.Marks());
                _isFailing = false;
            }
        }
        catch (Exception failure) when (failure is Microsoft.Data.Sqlite.SqliteException or StoreException)
        {
            // The last book stays in force: what was decided yesterday is better grounded than nothing.
            if (!_isFailing)
            {
                ServerLog.DecisionsStale(_logger, failure.Message);
            }

            _isFailing = true;
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Follow(StoreMarks marks)
    {
        if (_rebuilding is { IsCompleted: true } done)
        {
            _rebuilding = null;

            // Also where it failed: it is tried again when the store has changed again.
            _built = _rebuildingAt;
            var book = done.GetAwaiter().GetResult();
            _fresh = marks;
            Publish(_loader.Freshen(book));
        }

        if (marks.Holds != _fresh.Holds || marks.Enforcement != _fresh.Enforcement)
        {
            _fresh = marks;
            Publish(_loader.Freshen(_current.Book));
        }

        if (_rebuilding is null && (marks.Customers != _built.Customers || marks.Policy != _built.Policy))
        {
            _rebuildingAt = marks;
            _rebuilding = Task.Run(() => _loader.Build(_stopping.Token));
        }
    }

    private void Publish(DecisionBook book)
    {
        var before = _current.Book;
        _current.Replace(book);
        if (before.PolicyVersion != book.PolicyVersion)
        {
            ServerLog.PolicyInForce(_logger, book.PolicyVersion ?? "none", book.AccountCount);
        }

        Interlocked.Exchange(ref _replaced, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
