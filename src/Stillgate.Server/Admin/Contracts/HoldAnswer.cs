namespace Stillgate.Server.Admin.Contracts;

/// <summary>A hold.</summary>
/// <param name="Stands">Whether it stands now.</param>
/// <param name="Id">Its id.</param>
/// <param name="Model">The model, by name or by the beginning of one.</param>
/// <param name="Except">Who is spared.</param>
/// <param name="Reason">Why.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Until">When it ends by itself, or null.</param>
/// <param name="ReleasedAt">When it was released, or null.</param>
internal sealed record HoldAnswer(
    bool Stands, string Id, string Model, IReadOnlyList<string> Except, string Reason, DateTimeOffset PlacedAt, DateTimeOffset? Until, DateTimeOffset? ReleasedAt);
