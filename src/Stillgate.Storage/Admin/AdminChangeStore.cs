namespace Stillgate.Storage.Admin;

/// <summary>
/// Every change that was made through the admin API, and every admin key that a command made or revoked. Rows are only ever added. A change and its
/// row are one transaction: neither is there without the other.
/// </summary>
/// <param name="database">The store's database.</param>
/// <param name="time">The clock.</param>
public sealed class AdminChangeStore(StillgateDatabase database, TimeProvider time)
{
    /// <summary>Who a change is by that no admin key made.</summary>
    public const string ByCommand = "command";

    /// <summary>Makes a change and records it: both or neither.</summary>
    /// <param name="by">The id of the admin key.</param>
    /// <param name="action">What is done.</param>
    /// <param name="mark">The request's own key and digest, or null where the caller gave none.</param>
    /// <param name="change">Makes the change on the same database; says to what, and what the caller is answered. Null where there was nothing to change.</param>
    /// <returns>What became of it, and the answer where there is one.</returns>
    public (AdminOutcome Outcome, string? Answer) Make(string by, string action, AdminRequestMark? mark, Func<(string Subject, string Answer)?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (database.Gate)
        {
            using var transaction = database.Begin();
            if (mark is not null && Find(by, mark.Key) is { } earlier)
            {
                return earlier.Digest == mark.Digest ? (AdminOutcome.Repeated, earlier.Answer) : (AdminOutcome.RequestKeyReused, null);
            }

            if (change() is not { } made)
            {
                return (AdminOutcome.NothingToChange, null);
            }

            using var command = database.Command(
                "INSERT INTO admin_change (at, made_by, action, subject, answer, request_key, request_digest) VALUES ($at, $by, $action, $subject, $answer, $key, $digest)",
                ("$at", StillgateDatabase.Text(time.GetUtcNow())),
                ("$by", by),
                ("$action", action),
                ("$subject", made.Subject),
                ("$answer", made.Answer),
                ("$key", mark?.Key),
                ("$digest", mark?.Digest));
            command.ExecuteNonQuery();
            transaction.Commit();
            return (AdminOutcome.Made, made.Answer);
        }
    }

    /// <summary>Changes, newest first.</summary>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<AdminChange> List(long? before, int count)
    {
        lock (database.Gate)
        {
            using var command = database.Command(
                "SELECT seq, at, made_by, action, subject, answer FROM admin_change WHERE seq < $before ORDER BY seq DESC LIMIT $count",
                ("$before", before ?? long.MaxValue),
                ("$count", count));
            using var reader = command.ExecuteReader();
            var changes = new List<AdminChange>();
            while (reader.Read())
            {
                changes.Add(new AdminChange(
                    reader.GetInt64(0), StillgateDatabase.Time(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)));
            }

            return changes;
        }
    }

    private (string Digest, string Answer)? Find(string by, string requestKey)
    {
        using var command = database.Command("SELECT request_digest, answer FROM admin_change WHERE made_by = $by AND request_key = $key", ("$by", by), ("$key", requestKey));
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetString(1)) : null;
    }
}
