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
/// <param name="UnknownModel">When it is placed, whether no record, rule or setting names such a model; otherwise null.</param>
/// <param name="UnknownExcept">When it is placed, a line for each name of its list that no account and no organisation has; otherwise null.</param>
internal sealed record HoldAnswer(
    bool Stands, string Id, string Model, IReadOnlyList<string> Except, string Reason, DateTimeOffset PlacedAt, DateTimeOffset? Until, DateTimeOffset? ReleasedAt, bool? UnknownModel, IReadOnlyList<string>? UnknownExcept);
