using Microsoft.Data.Sqlite;

namespace Stillgate.Storage;

/// <summary>
/// A transaction, or a part of the one that runs already: then it is the outer one that commits, and a part that was not committed bars it from that.
/// </summary>
internal sealed class StoreTransaction : IDisposable
{
    private readonly SqliteTransaction? _own;
    private readonly StoreTransaction? _outer;
    private readonly Action _ended;
    private bool _isCommitted;
    private bool _isBarred;

    /// <summary>Begins one.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="outer">The one that runs already, or null.</param>
    /// <param name="ended">Called when it is over.</param>
    public StoreTransaction(SqliteConnection connection, StoreTransaction? outer, Action ended)
    {
        _outer = outer;
        _ended = ended;

        // Immediate: whoever reads and then writes within it must not find that another process wrote in between.
        _own = outer is null ? connection.BeginTransaction(deferred: false) : null;
    }

    /// <summary>Everything since it began stands; within an outer one, once that commits.</summary>
    public void Commit()
    {
        if (_isBarred)
        {
            throw new InvalidOperationException("A part of the transaction was not committed.");
        }

        _isCommitted = true;
        _own?.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isCommitted && _outer is not null)
        {
            _outer._isBarred = true;
        }

        _own?.Dispose();
        _ended();
    }
}
