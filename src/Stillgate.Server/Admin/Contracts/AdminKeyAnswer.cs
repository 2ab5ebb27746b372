namespace Stillgate.Server.Admin.Contracts;

/// <summary>An admin key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it is not valid, or null.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
/// <param name="Key">The key itself: only in the answer to its creation, and not when that request is repeated.</param>
internal sealed record AdminKeyAnswer(
    string Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, string? Key = null);
