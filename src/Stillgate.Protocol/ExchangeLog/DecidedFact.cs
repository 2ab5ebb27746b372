namespace Stillgate.Protocol.ExchangeLog;

/// <summary>A fact that a decision rests on.</summary>
/// <param name="Name">Its name in the rule language.</param>
/// <param name="Value">Its value as the rule language writes it.</param>
/// <param name="Source">Who said so, or null.</param>
/// <param name="Since">From when it holds, or null.</param>
/// <param name="Lists">The list versions that it rests on, or null.</param>
public sealed record DecidedFact(string Name, string Value, string? Source, DateTimeOffset? Since, IReadOnlyList<string>? Lists);
