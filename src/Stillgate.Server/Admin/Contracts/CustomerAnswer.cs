namespace Stillgate.Server.Admin.Contracts;

/// <summary>What is known of an account or a party.</summary>
/// <param name="Id">Whose facts these are.</param>
/// <param name="At">The moment asked about.</param>
/// <param name="KnownAt">Only what had been recorded by then counts.</param>
/// <param name="Known">What stood at that moment.</param>
internal sealed record CustomerAnswer(string Id, DateTimeOffset At, DateTimeOffset KnownAt, IReadOnlyList<KnownItem> Known);
