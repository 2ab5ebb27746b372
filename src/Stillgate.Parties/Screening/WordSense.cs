namespace Stillgate.Parties.Screening;

/// <summary>A word's entry in the lexicon of organisations' words.</summary>
/// <param name="Kind">What the word does in a name.</param>
/// <param name="Concept">The line it stands in; words of one concept are translations, variants or close kin.</param>
internal readonly record struct WordSense(WordKind Kind, int Concept);
