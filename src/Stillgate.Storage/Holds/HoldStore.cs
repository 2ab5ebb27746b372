using System.Security.Cryptography;
using System.Text.Json;

namespace Stillgate.Storage.Holds;

/// <summary>Holds on models. Placing and releasing are both added, so that every past hold can be told.</summary>
/// <param name="database">The store's database.</param>
/// <param name="time">The clock.</param>
public sealed class HoldStore(StillgateDatabase database, TimeProvider time)
{
    private const string Placed = "hold";
    private const string Released = "release";

    /// <summary>Places a hold. A running gateway has it in force within two seconds.</summary>
    public StoredHold Place(string model, IReadOnlyList<string> except, string reason, DateTimeOffset? until)
    {
        var hold = new StoredHold
        {
            Id = "hold-" + RandomNumberGenerator.GetHexString(8, lowercase: true),
            Model = model,
            Except = except,
            Reason = reason,
            PlacedAt = time.GetUtcNow(),
            Until = until,
        };
        Add(hold, Placed, hold.PlacedAt);
        return hold;
    }

    /// <summary>Releases every hold that stands and has this id or is of this model.</summary>
    /// <returns>The holds that were released.</returns>
    public IReadOnlyList<StoredHold> Release(string idOrModel)
    {
        var now = time.GetUtcNow();
        StoredHold[] found = [.. List().Where(hold => hold.StandsAt(now) && (hold.Id == idOrModel || string.Equals(hold.Model, idOrModel, StringComparison.OrdinalIgnoreCase)))];
        foreach (var hold in found)
        {
            Add(hold, Released, now);
        }

        return found;
    }

    /// <summary>Every hold that ever was, oldest first.</summary>
    public IReadOnlyList<StoredHold> List()
    {
        lock (database.Gate)
        {
            using var command = database.Command("SELECT id, event, model, except_for, reason, until, at FROM model_hold ORDER BY seq");
            using var reader = command.ExecuteReader();
            var holds = new Dictionary<string, StoredHold>(StringComparer.Ordinal);
            while (reader.Read())
            {
                var (id, at) = (reader.GetString(0), StillgateDatabase.Time(reader.GetString(6)));
                holds[id] = reader.GetString(1) == Released
                    ? holds[id] with { ReleasedAt = at }
                    : new StoredHold
                    {
                        Id = id,
                        Model = reader.GetString(2),
                        Except = JsonSerializer.Deserialize<string[]>(reader.GetString(3)) ?? [],
                        Reason = reader.GetString(4),
                        Until = reader.IsDBNull(5) ? null : StillgateDatabase.Time(reader.GetString(5)),
                        PlacedAt = at,
                    };
            }

            return [.. holds.Values.OrderBy(hold => hold.PlacedAt)];
        }
    }

    private void Add(StoredHold hold, string happened, DateTimeOffset at)
    {
        lock (database.Gate)
        {
            using var command = database.Command(
                "INSERT INTO model_hold (id, event, model, except_for, reason, until, at) VALUES ($id, $event, $model, $except, $reason, $until, $at)",
                ("$id", hold.Id),
                ("$event", happened),
                ("$model", hold.Model),
                ("$except", JsonSerializer.Serialize(hold.Except)),
                ("$reason", hold.Reason),
                ("$until", hold.Until is { } until ? StillgateDatabase.Text(until) : null),
                ("$at", StillgateDatabase.Text(at)));
            command.ExecuteNonQuery();
        }
    }
}
