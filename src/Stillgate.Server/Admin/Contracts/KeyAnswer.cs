namespace Stillgate.Server.Admin.Contracts;

/// <summary>A client's key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Who is billed.</param>
/// <param name="Organization">The legal customer, or null.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
/// <param name="Key">The key itself: only in the answer to its creation, and not when that request is repeated.</param>
internal sealed record KeyAnswer(string Id, string Account, string? Organization, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, string? Key = null);
