namespace Stillgate.Parties.Screening;

/// <summary>A word as it stands in the cleaned text, before any lexicon is asked.</summary>
/// <param name="Raw">Letters and digits in the original script, lower case.</param>
/// <param name="Text">The same in ASCII.</param>
/// <param name="Script">The script of its first letter.</param>
/// <param name="IsAbbreviated">A full stop follows it.</param>
internal readonly record struct WrittenWord(string Raw, string Text, Script Script, bool IsAbbreviated);
