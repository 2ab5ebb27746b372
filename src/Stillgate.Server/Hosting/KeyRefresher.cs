using Stillgate.Gateway.Authentication;
using Stillgate.Storage.Keys;

namespace Stillgate.Server.Hosting;

/// <summary>
/// Brings keys that another process created or revoked into the directory that the live path reads. SQLite tells cheaply whether
/// another connection has written, so asking often costs nothing.
/// </summary>
internal sealed class KeyRefresher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly KeyStore _store;
    private readonly KeyDirectory _directory;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _version;
    private bool _isFailing;
    private bool _isDisposed;

    public KeyRefresher(KeyStore store, KeyDirectory directory, TimeProvider time, ILogger logger)
    {
        (_store, _directory, _logger) = (store, directory, logger);
        _version = store.ForeignVersion();
        Reload();
        _timer = time.CreateTimer(static state => ((KeyRefresher)state!).Look(), this, Interval, Interval);
    }

    /// <summary>Reads the keys again: for a key that this process itself has created.</summary>
    public void Reload() => _directory.Replace(_store.List()
        .Where(key => key.RevokedAt is null)
        .Select(key => KeyValuePair.Create(KeyHash.FromBytes(key.Hash.Span), new ApiKey(key.Id, key.Account, key.Organization))));

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                var version = _store.ForeignVersion();
                if (version != _version)
                {
                    Reload();
                    _version = version;
                }

                _isFailing = false;
            }
            catch (Exception failure) when (failure is Microsoft.Data.Sqlite.SqliteException or Storage.StoreException)
            {
                // The last snapshot stays in force: a store that cannot be read must not lock every customer out.
                if (!_isFailing)
                {
                    ServerLog.KeysUnreadable(_logger, failure.Message);
                }

                _isFailing = true;
            }
        }
    }
}
