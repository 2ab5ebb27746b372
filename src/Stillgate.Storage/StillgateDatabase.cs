using Microsoft.Data.Sqlite;

namespace Stillgate.Storage;

/// <summary>The SQLite database of a store: opened, checked and brought to this build's schema. Write-ahead logging lets the commands read and write beside a running gateway.</summary>
public sealed class StillgateDatabase : IDisposable
{
    private static readonly string[] AddedToOnly = ["party_statement", "policy_signer", "policy_bundle", "policy_activation", "rule_enforcement", "model_hold"];

    private StoreTransaction? _transaction;

    // One entry for each schema version; entries are added, never edited, so that every older file is brought up.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE api_key (
            id TEXT PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE,
            account TEXT NOT NULL,
            organization TEXT,
            created_at TEXT NOT NULL,
            revoked_at TEXT
        ) STRICT;
        CREATE TABLE registration (
            account TEXT PRIMARY KEY,
            line BLOB NOT NULL
        ) STRICT;
        """,

        // What was stated, signed, activated, enforced or held is added to and never edited; the database itself refuses.
        """
        CREATE TABLE party_statement (
            seq INTEGER PRIMARY KEY,
            statement TEXT NOT NULL,
            subject TEXT NOT NULL,
            key TEXT NOT NULL,
            fields TEXT NOT NULL,
            valid_from TEXT,
            valid_to TEXT,
            recorded_at TEXT NOT NULL,
            source TEXT NOT NULL
        ) STRICT;
        CREATE INDEX party_statement_subject ON party_statement (subject);
        CREATE TABLE policy_signer (
            seq INTEGER PRIMARY KEY,
            signer TEXT NOT NULL,
            public_key TEXT NOT NULL,
            name TEXT NOT NULL,
            is_trusted INTEGER NOT NULL,
            at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE policy_bundle (
            version TEXT PRIMARY KEY,
            bundle BLOB NOT NULL,
            added_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE policy_activation (
            seq INTEGER PRIMARY KEY,
            version TEXT NOT NULL REFERENCES policy_bundle (version),
            action TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE rule_enforcement (
            seq INTEGER PRIMARY KEY,
            rule TEXT NOT NULL,
            is_enforced INTEGER NOT NULL,
            at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE model_hold (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            event TEXT NOT NULL,
            model TEXT NOT NULL,
            except_for TEXT NOT NULL,
            reason TEXT NOT NULL,
            until TEXT,
            at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE registration_change (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            count INTEGER NOT NULL
        ) STRICT;
        INSERT INTO registration_change (id, count) VALUES (1, 0);
        CREATE TRIGGER registration_added AFTER INSERT ON registration BEGIN UPDATE registration_change SET count = count + 1; END;
        CREATE TRIGGER registration_replaced AFTER UPDATE ON registration BEGIN UPDATE registration_change SET count = count + 1; END;
        """
        + string.Concat(AddedToOnly.Select(table => $"""
            CREATE TRIGGER {table}_not_edited BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is added to, never edited'); END;
            CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is added to, never edited'); END;
            """)),

        // Who may administer, and every change that was made so.
        """
        CREATE TABLE admin_key (
            id TEXT PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            created_at TEXT NOT NULL,
            expires_at TEXT,
            revoked_at TEXT
        ) STRICT;
        CREATE TABLE admin_change (
            seq INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            made_by TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            answer TEXT NOT NULL,
            request_key TEXT,
            request_digest TEXT
        ) STRICT;
        CREATE UNIQUE INDEX admin_change_request ON admin_change (made_by, request_key) WHERE request_key IS NOT NULL;
        CREATE TRIGGER admin_change_not_edited BEFORE UPDATE ON admin_change BEGIN SELECT RAISE(ABORT, 'admin_change is added to, never edited'); END;
        CREATE TRIGGER admin_change_not_deleted BEFORE DELETE ON admin_change BEGIN SELECT RAISE(ABORT, 'admin_change is added to, never edited'); END;
        """,
    ];

    private StillgateDatabase(SqliteConnection connection) => Connection = connection;

    internal SqliteConnection Connection { get; }

    /// <summary>Serialises the use of the one connection.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Opens the database of a store, making it where it is not there yet.</summary>
    /// <param name="folder">The store.</param>
    /// <returns>The database.</returns>
    /// <exception cref="StoreException">It cannot be opened, is not such a database, or was written by a newer build.</exception>
    public static StillgateDatabase Open(StoreFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.DatabasePath, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;");
            Migrate(connection, folder.DatabasePath);
            return new StillgateDatabase(connection);
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw new StoreException($"{folder.DatabasePath}: cannot be used as the store's database: {cause.Message}", cause);
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();

    internal SqliteCommand Command(string text, params (string Name, object? Value)[] parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Begins a transaction, or a part of the one that runs. The caller holds <see cref="Gate"/>.</summary>
    internal StoreTransaction Begin()
    {
        var outer = _transaction;
        return _transaction = new StoreTransaction(Connection, outer, () => _transaction = outer);
    }

    /// <summary>A time as the tables hold it: UTC, sortable as text.</summary>
    internal static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads such a time.</summary>
    internal static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static void Migrate(SqliteConnection connection, string path)
    {
        var version = Version(connection);
        if (version > Migrations.Length)
        {
            throw new StoreException($"{path}: has schema version {version}, but this build knows only up to {Migrations.Length}; use a newer build");
        }

        for (; version < Migrations.Length; version++)
        {
            // An immediate transaction: two processes that open a new store at once must not both create it.
            using var transaction = connection.BeginTransaction(deferred: false);
            if (Version(connection) == version)
            {
                Run(connection, Migrations[version] + $"PRAGMA user_version={version + 1};");
            }

            transaction.Commit();
        }
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
