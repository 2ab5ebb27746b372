namespace Stillgate.Storage.Admin;

/// <summary>An admin key as the store knows it. Its keyed hash never leaves the storage.</summary>
public sealed record StoredAdminKey
{
    /// <summary>The key's id, as changes name it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, in the operator's words.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required AdminRole Role { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is not valid, UTC, or null where it does not end by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked, UTC, or null where it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it is valid at a moment.</summary>
    /// <param name="at">The moment.</param>
    public bool IsValidAt(DateTimeOffset at) => RevokedAt is null && (ExpiresAt is null || at < ExpiresAt);
}
