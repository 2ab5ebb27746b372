namespace Stillgate.Parties.Screening;

/// <summary>One group of spellings and short forms of a personal name.</summary>
/// <param name="Id">Its number in the lexicon.</param>
/// <param name="Gender">m, f, or u where it does not say.</param>
internal readonly record struct NameGroup(int Id, char Gender);
