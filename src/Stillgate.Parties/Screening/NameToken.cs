namespace Stillgate.Parties.Screening;

/// <summary>One word of a name, folded to lower-case Latin letters and digits, with what the lexicon knows of it.</summary>
internal sealed class NameToken
{
    public required string Text { get; init; }

    /// <summary>As written, lower case, before transliteration: the key for scripts that the lexicon lists in the original.</summary>
    public required string Raw { get; init; }

    /// <summary>The romanisation key: spellings of one sound from different romanisations fall together.</summary>
    public required string Sound { get; init; }

    /// <summary>The consonants of <see cref="Sound"/>: all that an abjad writes.</summary>
    public required string Skeleton { get; init; }

    public required WordKind Kind { get; init; }

    /// <summary>The lexicon line of an organisation's word, or -1.</summary>
    public required int Concept { get; init; }

    public required NameGroup[] Groups { get; init; }

    public required Script Script { get; init; }

    /// <summary>How much of the name's identity the word carries; 1 for a person's name, less for generic words.</summary>
    public required double Weight { get; init; }

    /// <summary>One bit for each letter or digit that occurs, which shows in one step that two words cannot be alike.</summary>
    public required ulong Letters { get; init; }

    /// <summary>Written with a full stop after it, as abbreviations are.</summary>
    public bool IsAbbreviated { get; init; }

    /// <summary>Written in capitals where the rest of the name is not: a body's own acronym, whatever it is made of.</summary>
    public bool IsCapitals { get; init; }

    /// <summary>How many written words it was put together from.</summary>
    public int Parts { get; init; } = 1;

    public override string ToString() => Text;
}
