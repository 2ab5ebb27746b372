using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening;

/// <summary>A listed party that a screened name may stand for.</summary>
/// <param name="Entry">The listed party.</param>
/// <param name="MatchedName">The one of its names that agreed best.</param>
/// <param name="Result">The judgement.</param>
/// <param name="Version">The list version that the judgement rests on.</param>
public sealed record ScreeningHit(ListEntry Entry, ListName MatchedName, MatchResult Result, ListVersion Version);
