using Stillgate.Gateway;
using Stillgate.Parties.Registry;
using Stillgate.Server.Configuration;
using Stillgate.Server.Decisions;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.Storage.Holds;
using Stillgate.Storage.Keys;
using Stillgate.Storage.Policies;
using Stillgate.Storage.Registrations;
using Stillgate.Storage.Registry;
using Stillgate.WebConsole.Feeds;

namespace Stillgate.Server.Admin;

/// <summary>
/// What the admin API works on. It has a connection to the store of its own: what it writes reaches the gateway as a command's writing does, and the gateway's
/// own connection never waits for it.
/// </summary>
internal sealed class AdminInstallation : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StillgateDatabase _database;
    private PartyBook? _customers;
    private long _customersMark;

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public AdminInstallation(StoreFolder folder, TimeProvider time)
    {
        Time = time;
        Folder = folder;
        _database = StillgateDatabase.Open(folder);
        Keys = new KeyStore(_database, folder, time);
        AdminKeys = new AdminKeyStore(_database, folder, time);
        Changes = new AdminChangeStore(_database, time);
        Holds = new HoldStore(_database, time);
        Policies = new PolicyStore(_database, time);
        Statements = new StatementStore(_database);
        Registrations = new RegistrationStore(_database);
        Decisions = new DecisionLoader(_database, folder, time);
    }

    public TimeProvider Time { get; }

    public StoreFolder Folder { get; }

    public KeyStore Keys { get; }

    public AdminKeyStore AdminKeys { get; }

    public AdminChangeStore Changes { get; }

    public HoldStore Holds { get; }

    public PolicyStore Policies { get; }

    public StatementStore Statements { get; }

    public RegistrationStore Registrations { get; }

    public DecisionLoader Decisions { get; }

    /// <summary>The configuration in force; null where no gateway runs.</summary>
    public GatewayConfigSource? Gateway { get; init; }

    /// <summary>What the analysis has found; null where none runs.</summary>
    public IAnalysisFeed? Analysis { get; init; }

    /// <summary>Reads the settings again; null where there are none to read.</summary>
    public Func<Func<IReadOnlyList<ConfigProblem>>?> Reload { get; init; } = () => null;

    /// <summary>Every statement about customers; read again only where one came to it.</summary>
    public PartyBook Customers()
    {
        lock (_gate)
        {
            var mark = Decisions.Marks().Customers;
            if (_customers is null || mark != _customersMark)
            {
                (_customers, _customersMark) = (Decisions.Customers(), mark);
            }

            return _customers;
        }
    }

    public void Dispose() => _database.Dispose();
}
