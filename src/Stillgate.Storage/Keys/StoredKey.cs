namespace Stillgate.Storage.Keys;

/// <summary>A key as the store knows it: its keyed hash, never the key.</summary>
public sealed record StoredKey
{
    /// <summary>The key's id, as records name it.</summary>
    public required string Id { get; init; }

    /// <summary>HMAC-SHA256 of the key under the store's secret; 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Who is billed.</summary>
    public required string Account { get; init; }

    /// <summary>The legal customer, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was revoked, UTC, or null where it is valid.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
