using Microsoft.Data.Sqlite;

namespace Stillgate.Storage.Policies;

/// <summary>
/// Signed policies, which of them is in force since when, whose signatures count, and which rules are enforced. All of it is only
/// ever added to, so what was in force on a past day can be told. The bundles themselves are bytes here: whoever reads one checks it.
/// </summary>
/// <param name="database">The store's database.</param>
/// <param name="time">The clock.</param>
public sealed class PolicyStore(StillgateDatabase database, TimeProvider time)
{
    /// <summary>Says that a key's signatures count, or no longer do.</summary>
    public void Trust(string signer, string publicKey, string name, bool isTrusted) => Run(
        "INSERT INTO policy_signer (signer, public_key, name, is_trusted, at) VALUES ($signer, $key, $name, $trusted, $at)",
        ("$signer", signer),
        ("$key", publicKey),
        ("$name", name),
        ("$trusted", isTrusted ? 1 : 0),
        ("$at", StillgateDatabase.Text(time.GetUtcNow())));

    /// <summary>What was last said of each key.</summary>
    public IReadOnlyList<PolicySignerRecord> Signers() => Read(
        "SELECT signer, public_key, name, is_trusted, at FROM policy_signer AS one WHERE seq = (SELECT max(seq) FROM policy_signer WHERE signer = one.signer) ORDER BY seq",
        reader => new PolicySignerRecord(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3) == 1, StillgateDatabase.Time(reader.GetString(4))));

    /// <summary>Public keys, PEM, of the signers whose signatures count, by fingerprint.</summary>
    public IReadOnlyDictionary<string, string> TrustedKeys() =>
        Signers().Where(signer => signer.IsTrusted).ToDictionary(signer => signer.Signer, signer => signer.PublicKey, StringComparer.Ordinal);

    /// <summary>Puts a policy in force, in one step: the bundle is kept and the switch is made, or neither.</summary>
    /// <param name="version">The policy's version.</param>
    /// <param name="bundle">The signed bundle.</param>
    /// <param name="action"><c>activate</c> or <c>rollback</c>.</param>
    public void Activate(string version, ReadOnlyMemory<byte> bundle, string action)
    {
        lock (database.Gate)
        {
            using var transaction = database.Begin();
            var at = StillgateDatabase.Text(time.GetUtcNow());
            using var add = database.Command(
                "INSERT INTO policy_bundle (version, bundle, added_at) VALUES ($version, $bundle, $at) ON CONFLICT (version) DO NOTHING",
                ("$version", version),
                ("$bundle", bundle.ToArray()),
                ("$at", at));
            add.ExecuteNonQuery();
            using var activate = database.Command(
                "INSERT INTO policy_activation (version, action, at) VALUES ($version, $action, $at)",
                ("$version", version),
                ("$action", action),
                ("$at", at));
            activate.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <summary>Everything that was put in force, oldest first.</summary>
    public IReadOnlyList<PolicyEvent> History() => Read(
        "SELECT version, action, at FROM policy_activation ORDER BY seq",
        reader => new PolicyEvent(reader.GetString(0), reader.GetString(1), StillgateDatabase.Time(reader.GetString(2))));

    /// <summary>The version in force at a moment, or null where none was.</summary>
    public string? VersionAt(DateTimeOffset at) => History().LastOrDefault(one => one.At <= at)?.Version;

    /// <summary>The version in force, or null.</summary>
    public string? ActiveVersion() => History() is [.., var last] ? last.Version : null;

    /// <summary>The bundle of a version, or null where the store has none.</summary>
    public ReadOnlyMemory<byte>? BundleOf(string version)
    {
        var found = Read("SELECT bundle FROM policy_bundle WHERE version = $version", reader => reader.GetFieldValue<byte[]>(0), ("$version", version));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Says of rules whether they are enforced. A rule of which nothing was said only observes.</summary>
    public void Enforce(IEnumerable<string> rules, bool isEnforced)
    {
        lock (database.Gate)
        {
            using var transaction = database.Begin();
            foreach (var rule in rules)
            {
                using var command = database.Command(
                    "INSERT INTO rule_enforcement (rule, is_enforced, at) VALUES ($rule, $enforced, $at)",
                    ("$rule", rule),
                    ("$enforced", isEnforced ? 1 : 0),
                    ("$at", StillgateDatabase.Text(time.GetUtcNow())));
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>The rules that are enforced at a moment.</summary>
    public IReadOnlySet<string> EnforcedAt(DateTimeOffset at) => Read(
            "SELECT rule, is_enforced, at FROM rule_enforcement ORDER BY seq",
            reader => (Rule: reader.GetString(0), IsEnforced: reader.GetInt64(1) == 1, At: StillgateDatabase.Time(reader.GetString(2))))
        .Where(one => one.At <= at)
        .GroupBy(one => one.Rule, StringComparer.Ordinal)
        .Where(rule => rule.Last().IsEnforced)
        .Select(rule => rule.Key)
        .ToHashSet(StringComparer.Ordinal);

    private void Run(string text, params (string Name, object? Value)[] parameters)
    {
        lock (database.Gate)
        {
            using var command = database.Command(text, parameters);
            command.ExecuteNonQuery();
        }
    }

    private List<T> Read<T>(string text, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        lock (database.Gate)
        {
            using var command = database.Command(text, parameters);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }
}
