namespace Stillgate.Storage;

/// <summary>How far each table that decisions rest on has come: two equal marks mean that nothing has changed between them.</summary>
/// <param name="Customers">Statements, registrations and keys.</param>
/// <param name="Policy">Activations and trusted signers.</param>
/// <param name="Enforcement">Rules that are enforced.</param>
/// <param name="Holds">Holds.</param>
public readonly record struct StoreMarks(long Customers, long Policy, long Enforcement, long Holds)
{
    /// <summary>Reads the marks as they stand.</summary>
    public static StoreMarks Read(StillgateDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        lock (database.Gate)
        {
            using var command = database.Command(
                """
                SELECT (SELECT ifnull(max(seq), 0) FROM party_statement) + (SELECT count FROM registration_change) + (SELECT count(*) FROM api_key),
                       (SELECT ifnull(max(seq), 0) FROM policy_activation) + (SELECT ifnull(max(seq), 0) FROM policy_signer),
                       (SELECT ifnull(max(seq), 0) FROM rule_enforcement),
                       (SELECT ifnull(max(seq), 0) FROM model_hold)
                """);
            using var reader = command.ExecuteReader();
            reader.Read();
            return new StoreMarks(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }
    }
}
