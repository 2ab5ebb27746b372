namespace Stillgate.Server.Admin.Contracts;

/// <summary>A field as it stood at a moment, with who said so.</summary>
/// <param name="Name">The field.</param>
/// <param name="Values">What it is.</param>
/// <param name="Since">From when on it holds, or null where nobody said.</param>
/// <param name="Source">Who says so.</param>
/// <param name="RecordedAt">When we learned of it.</param>
internal sealed record KnownField(string Name, IReadOnlyList<string> Values, DateTimeOffset? Since, string Source, DateTimeOffset RecordedAt);
