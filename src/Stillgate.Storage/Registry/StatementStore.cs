using System.Text.Json;
using Stillgate.Parties.Registry;

namespace Stillgate.Storage.Registry;

/// <summary>The statements about customers that a store keeps. They are only ever added.</summary>
/// <param name="database">The store's database.</param>
public sealed class StatementStore(StillgateDatabase database)
{
    /// <summary>Adds statements, all or none.</summary>
    /// <param name="statements">The statements, in their order.</param>
    /// <returns>How many were added.</returns>
    public int Add(IEnumerable<PartyStatement> statements)
    {
        lock (database.Gate)
        {
            using var transaction = database.Begin();
            using var command = database.Command(
                """
                INSERT INTO party_statement (statement, subject, key, fields, valid_from, valid_to, recorded_at, source)
                VALUES ($statement, $subject, $key, $fields, $from, $to, $recorded, $source)
                """,
                ("$statement", ""),
                ("$subject", ""),
                ("$key", ""),
                ("$fields", ""),
                ("$from", null),
                ("$to", null),
                ("$recorded", ""),
                ("$source", ""));
            var count = 0;
            foreach (var statement in statements)
            {
                command.Parameters["$statement"].Value = statement.Statement;
                command.Parameters["$subject"].Value = statement.Subject;
                command.Parameters["$key"].Value = statement.Key;
                command.Parameters["$fields"].Value = JsonSerializer.Serialize(statement.Fields);
                command.Parameters["$from"].Value = statement.ValidFrom is { } from ? StillgateDatabase.Text(from) : DBNull.Value;
                command.Parameters["$to"].Value = statement.ValidTo is { } to ? StillgateDatabase.Text(to) : DBNull.Value;
                command.Parameters["$recorded"].Value = StillgateDatabase.Text(statement.RecordedAt);
                command.Parameters["$source"].Value = statement.Source;
                command.ExecuteNonQuery();
                count++;
            }

            transaction.Commit();
            return count;
        }
    }

    /// <summary>Reads every statement, in the order in which they were recorded.</summary>
    public IReadOnlyList<PartyStatement> List()
    {
        lock (database.Gate)
        {
            using var command = database.Command("SELECT statement, subject, key, fields, valid_from, valid_to, recorded_at, source FROM party_statement ORDER BY seq");
            using var reader = command.ExecuteReader();
            var statements = new List<PartyStatement>();
            while (reader.Read())
            {
                statements.Add(new PartyStatement
                {
                    Statement = reader.GetString(0),
                    Subject = reader.GetString(1),
                    Key = reader.GetString(2),
                    Fields = FieldsOf(reader.GetString(3)),
                    ValidFrom = reader.IsDBNull(4) ? null : StillgateDatabase.Time(reader.GetString(4)),
                    ValidTo = reader.IsDBNull(5) ? null : StillgateDatabase.Time(reader.GetString(5)),
                    RecordedAt = StillgateDatabase.Time(reader.GetString(6)),
                    Source = reader.GetString(7),
                });
            }

            return statements;
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> FieldsOf(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json) ?? throw new StoreException("a statement in the store has no fields");
}
