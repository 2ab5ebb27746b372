using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Storage.Registrations;

/// <summary>The registrations of a store, one an account, kept as the lines that they came as, so that nothing of them is lost.</summary>
public sealed class RegistrationStore
{
    private readonly StillgateDatabase _database;

    /// <summary>Creates the registration store.</summary>
    /// <param name="database">The store's database.</param>
    public RegistrationStore(StillgateDatabase database) => _database = database;

    /// <summary>Puts registrations in, all or none; one that is there already is replaced.</summary>
    /// <param name="records">The registrations.</param>
    /// <returns>How many were put in.</returns>
    public int Import(IEnumerable<RegistrationRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        lock (_database.Gate)
        {
            using var transaction = _database.Begin();
            using var writer = new ExchangeLineWriter();
            using var command = _database.Command(
                "INSERT INTO registration (account, line) VALUES ($account, $line) ON CONFLICT (account) DO UPDATE SET line = excluded.line",
                ("$account", ""),
                ("$line", Array.Empty<byte>()));
            var count = 0;
            foreach (var record in records)
            {
                command.Parameters["$account"].Value = record.Account;
                command.Parameters["$line"].Value = writer.Encode(record)[..^1].ToArray();
                command.ExecuteNonQuery();
                count++;
            }

            transaction.Commit();
            return count;
        }
    }

    /// <summary>Finds an account's registration.</summary>
    /// <param name="account">The account.</param>
    /// <returns>The registration, or null.</returns>
    public RegistrationRecord? Find(string account)
    {
        lock (_database.Gate)
        {
            using var command = _database.Command("SELECT line FROM registration WHERE account = $account", ("$account", account));
            return command.ExecuteScalar() is byte[] line ? Read(line) : null;
        }
    }

    /// <summary>Reads every registration, in the order of their accounts.</summary>
    /// <returns>The registrations.</returns>
    public IReadOnlyList<RegistrationRecord> List()
    {
        lock (_database.Gate)
        {
            using var command = _database.Command("SELECT line FROM registration ORDER BY account");
            using var reader = command.ExecuteReader();
            var records = new List<RegistrationRecord>();
            while (reader.Read())
            {
                records.Add(Read(reader.GetFieldValue<byte[]>(0)));
            }

            return records;
        }
    }

    private static RegistrationRecord Read(byte[] line) =>
        RegistrationLine.TryParse(line, out var record, out var field, out var expected)
            ? record!
            : throw new StoreException($"a registration in the store cannot be read: {field}: {expected}");
}
