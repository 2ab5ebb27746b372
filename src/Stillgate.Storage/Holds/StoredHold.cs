namespace Stillgate.Storage.Holds;

/// <summary>A hold on a model, as the store keeps it.</summary>
public sealed record StoredHold
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The model, by name or by the beginning of one.</summary>
    public required string Model { get; init; }

    /// <summary>Accounts and organisations that are spared.</summary>
    public required IReadOnlyList<string> Except { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When it ends by itself, or null.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it was released, or null where it was not.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Whether it stands at a moment.</summary>
    public bool StandsAt(DateTimeOffset at) => PlacedAt <= at && (Until is null || at < Until) && (ReleasedAt is null || at < ReleasedAt);
}
