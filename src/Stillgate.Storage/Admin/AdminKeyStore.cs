using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Stillgate.Storage.Admin;

/// <summary>
/// The admin keys of a store. They are apart from clients' keys, and so are their hashes: a row copied from one table to the other is
/// nobody's key. Validity is asked of the store itself, so a revoked key is refused from the next request on.
/// </summary>
public sealed class AdminKeyStore
{
    private const string Prefix = "sga-";
    private const string Columns = "id, name, role, created_at, expires_at, revoked_at";

    // Said before the key: the same text as a client's key has another hash.
    private static readonly byte[] Label = Encoding.ASCII.GetBytes("stillgate admin key\0");
    private readonly StillgateDatabase _database;
    private readonly ReadOnlyMemory<byte> _secret;
    private readonly TimeProvider _time;

    /// <summary>Creates the store.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="folder">The store, for its secret.</param>
    /// <param name="time">The clock.</param>
    public AdminKeyStore(StillgateDatabase database, StoreFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_database, _secret, _time) = (database, folder.Secret, time);
    }

    /// <summary>Creates a key.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="expiresAt">From when on it is not valid, or null.</param>
    /// <returns>The key, for the only time.</returns>
    public NewAdminKey Create(string name, AdminRole role, DateTimeOffset? expiresAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var key = new StoredAdminKey
        {
            Id = "admin-" + RandomNumberGenerator.GetHexString(12, lowercase: true),
            Name = name,
            Role = role,
            CreatedAt = _time.GetUtcNow(),
            ExpiresAt = expiresAt,
        };
        lock (_database.Gate)
        {
            using var command = _database.Command(
                "INSERT INTO admin_key (id, hash, name, role, created_at, expires_at) VALUES ($id, $hash, $name, $role, $created, $expires)",
                ("$id", key.Id),
                ("$hash", HashOf(secret)),
                ("$name", name),
                ("$role", Word(role)),
                ("$created", StillgateDatabase.Text(key.CreatedAt)),
                ("$expires", expiresAt is { } end ? StillgateDatabase.Text(end) : null));
            command.ExecuteNonQuery();
        }

        return new NewAdminKey(key, secret);
    }

    /// <summary>Whose key this is.</summary>
    /// <param name="secret">The key as it was presented.</param>
    /// <returns>The key, or null where it is nobody's, or is not valid now.</returns>
    public StoredAdminKey? Find(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Read($"SELECT {Columns} FROM admin_key WHERE hash = $hash", ("$hash", HashOf(secret))) is [var key] && key.IsValidAt(_time.GetUtcNow()) ? key : null;
    }

    /// <summary>Whether a key of this id is valid now.</summary>
    /// <param name="id">The id.</param>
    public StoredAdminKey? FindById(string id) =>
        Read($"SELECT {Columns} FROM admin_key WHERE id = $id", ("$id", id)) is [var key] && key.IsValidAt(_time.GetUtcNow()) ? key : null;

    /// <summary>Revokes a key for ever.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False where there is no key of this id that was not revoked before.</returns>
    public bool Revoke(string id)
    {
        lock (_database.Gate)
        {
            using var command = _database.Command(
                "UPDATE admin_key SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL", ("$at", StillgateDatabase.Text(_time.GetUtcNow())), ("$id", id));
            return command.ExecuteNonQuery() == 1;
        }
    }

    /// <summary>Every key, those not valid any more included, oldest first.</summary>
    public IReadOnlyList<StoredAdminKey> List() => Read($"SELECT {Columns} FROM admin_key ORDER BY created_at, id");

    /// <summary>Whether any key is valid now.</summary>
    public bool HasValid() => List().Any(key => key.IsValidAt(_time.GetUtcNow()));

    /// <summary>The role's word, as the store and the API write it.</summary>
    /// <param name="role">The role.</param>
    public static string Word(AdminRole role) => role.ToString().ToLower(CultureInfo.InvariantCulture);

    private byte[] HashOf(string secret) => HMACSHA256.HashData(_secret.Span, [.. Label, .. Encoding.UTF8.GetBytes(secret)]);

    private List<StoredAdminKey> Read(string text, params (string Name, object? Value)[] parameters)
    {
        lock (_database.Gate)
        {
            using var command = _database.Command(text, parameters);
            using var reader = command.ExecuteReader();
            var keys = new List<StoredAdminKey>();
            while (reader.Read())
            {
                keys.Add(new StoredAdminKey
                {
                    Id = reader.GetString(0),
                    Name = reader.GetString(1),
                    Role = Enum.Parse<AdminRole>(reader.GetString(2), ignoreCase: true),
                    CreatedAt = StillgateDatabase.Time(reader.GetString(3)),
                    ExpiresAt = TimeAt(reader, 4),
                    RevokedAt = TimeAt(reader, 5),
                });
            }

            return keys;
        }
    }

    private static DateTimeOffset? TimeAt(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : StillgateDatabase.Time(reader.GetString(column));
}
