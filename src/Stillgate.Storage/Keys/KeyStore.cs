using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Stillgate.Storage.Keys;

/// <summary>The API keys of a store. Safe for use by several threads, and by several processes on one store.</summary>
public sealed class KeyStore
{
    private const string Prefix = "sg-";
    private readonly StillgateDatabase _database;
    private readonly ReadOnlyMemory<byte> _secret;
    private readonly TimeProvider _time;

    /// <summary>Creates the key store.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="folder">The store, for its secret.</param>
    /// <param name="time">The clock.</param>
    public KeyStore(StillgateDatabase database, StoreFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _database = database;
        _secret = folder.Secret;
        _time = time;
    }

    /// <summary>Creates a key. It is valid when this returns, in this process; in others within a second.</summary>
    /// <param name="account">Who is billed.</param>
    /// <param name="organization">The legal customer, or null.</param>
    /// <returns>The key, for the only time.</returns>
    public NewKey Create(string account, string? organization)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account);
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new NewKey(Add(account, organization, secret), secret);
    }

    /// <summary>Adds a key that exists already, as a simulator or an import has it.</summary>
    /// <param name="account">Who is billed.</param>
    /// <param name="organization">The legal customer, or null.</param>
    /// <param name="secret">The key itself.</param>
    /// <returns>What is stored of it.</returns>
    /// <exception cref="StoreException">The key is in the store already.</exception>
    public StoredKey Add(string account, string? organization, string secret)
    {
        var key = new StoredKey
        {
            Id = "key-" + RandomNumberGenerator.GetHexString(12, lowercase: true),
            Hash = HMACSHA256.HashData(_secret.Span, Encoding.UTF8.GetBytes(secret)),
            Account = account,
            Organization = organization,
            CreatedAt = _time.GetUtcNow(),
        };
        try
        {
            lock (_database.Gate)
            {
                using var command = _database.Command(
                    "INSERT INTO api_key (id, hash, account, organization, created_at) VALUES ($id, $hash, $account, $organization, $created)",
                    ("$id", key.Id),
                    ("$hash", key.Hash.ToArray()),
                    ("$account", account),
                    ("$organization", organization),
                    ("$created", StillgateDatabase.Text(key.CreatedAt)));
                command.ExecuteNonQuery();
            }
        }
        catch (SqliteException cause) when (cause.SqliteErrorCode == 19)
        {
            // 19 is SQLITE_CONSTRAINT: the hash is there already.
            throw new StoreException("this key is in the store already", cause);
        }

        return key;
    }

    /// <summary>Revokes a key.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False where there is no valid key of this id.</returns>
    public bool Revoke(string id)
    {
        lock (_database.Gate)
        {
            using var command = _database.Command(
                "UPDATE api_key SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL",
                ("$at", StillgateDatabase.Text(_time.GetUtcNow())),
                ("$id", id));
            return command.ExecuteNonQuery() == 1;
        }
    }

    /// <summary>Lists every key, the revoked included, oldest first.</summary>
    /// <returns>The keys.</returns>
    public IReadOnlyList<StoredKey> List()
    {
        lock (_database.Gate)
        {
            using var command = _database.Command("SELECT id, hash, account, organization, created_at, revoked_at FROM api_key ORDER BY created_at, id");
            using var reader = command.ExecuteReader();
            var keys = new List<StoredKey>();
            while (reader.Read())
            {
                keys.Add(new StoredKey
                {
                    Id = reader.GetString(0),
                    Hash = reader.GetFieldValue<byte[]>(1),
                    Account = reader.GetString(2),
                    Organization = reader.IsDBNull(3) ? null : reader.GetString(3),
                    CreatedAt = StillgateDatabase.Time(reader.GetString(4)),
                    RevokedAt = reader.IsDBNull(5) ? null : StillgateDatabase.Time(reader.GetString(5)),
                });
            }

            return keys;
        }
    }

    /// <summary>A number that changes when another connection has written to the database; cheap enough to ask often.</summary>
    /// <returns>SQLite's data version.</returns>
    public long ForeignVersion()
    {
        lock (_database.Gate)
        {
            using var command = _database.Command("PRAGMA data_version");
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }
}
