using Microsoft.Data.Sqlite;

namespace Stillgate.Storage;

/// <summary>The SQLite database of a store: opened, checked and brought to this build's schema. Write-ahead logging lets the commands read and write beside a running gateway.</summary>
public sealed class StillgateDatabase : IDisposable
{
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
