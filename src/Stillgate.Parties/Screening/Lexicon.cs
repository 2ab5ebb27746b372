using System.Collections.Frozen;

namespace Stillgate.Parties.Screening;

/// <summary>
/// What the product knows of names before it sees a list: legal forms, organisations' words, places and personal names, from the
/// text files beside this class, which are our own selection. Immutable, and loaded once.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>The longest phrase that any file lists, in words.</summary>
    public const int PhraseWordsMax = 7;

    private const int GenericCharsMin = 5;

    // The shortest phrase of a Slavic legal form that is told by any of its romanisations; shorter ones are words of other languages too.
    private const int SlavicFormCharsMin = 18;

    private readonly FrozenDictionary<string, LegalForms> _legalForms;
    private readonly FrozenDictionary<string, LegalForms> _slavicForms;
    private readonly FrozenDictionary<string, WordSense> _words;
    private readonly FrozenDictionary<string, NameGroup[]> _names;
    private readonly FrozenSet<string> _formWords;
    private readonly FrozenSet<string> _unspaced;
    private readonly FrozenDictionary<string, WordSense> _stems;
    private readonly FrozenDictionary<string, WordSense> _cyrillicStems;
    private readonly FrozenDictionary<string, string> _countries;
    private readonly FrozenDictionary<char, string[]> _generic;

    private Lexicon(LexiconBuilder builder)
    {
        _legalForms = builder.LegalForms.ToFrozenDictionary(StringComparer.Ordinal);
        _slavicForms = builder.LegalForms.Where(pair => pair.Key.Length >= SlavicFormCharsMin && pair.Key.All(char.IsAsciiLetter))
            .Select(pair => (Key: SlavicRomanisation.Of(pair.Key), Form: pair.Value)).DistinctBy(pair => pair.Key)
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Form, StringComparer.Ordinal);
        _words = builder.Words.ToFrozenDictionary(StringComparer.Ordinal);
        _names = builder.Names.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        _unspaced = builder.Unspaced.ToFrozenSet(StringComparer.Ordinal);
        _formWords = builder.FormWords.ToFrozenSet(StringComparer.Ordinal);
        _stems = builder.Words
            .Select(pair => (Stem: SlavicStem.Of(pair.Key), Sense: pair.Value))
            .Where(pair => pair.Stem is not null)
            .DistinctBy(pair => pair.Stem)
            .ToFrozenDictionary(pair => pair.Stem!, pair => pair.Sense, StringComparer.Ordinal);
        _countries = builder.Countries.ToFrozenDictionary(StringComparer.Ordinal);
        _cyrillicStems = builder.CyrillicStems.ToFrozenDictionary(StringComparer.Ordinal);
        _generic = builder.Words.Where(pair => pair.Value.Kind == WordKind.Descriptor).Select(pair => pair.Key)
            .Concat(builder.FormWords)
            .Where(form => form.Length is >= GenericCharsMin and <= 16 && form.All(char.IsAsciiLetter))
            .Distinct(StringComparer.Ordinal)
            .GroupBy(form => form[0])
            .ToFrozenDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray());
        Japanese = builder.Japanese;
        UnspacedLengthMax = _unspaced.Max(form => form.Length);
    }

    public static Lexicon Default { get; } = new(LexiconBuilder.FromResources());

    /// <summary>Japanese names in Han characters.</summary>
    public JapaneseNames Japanese { get; }

    /// <summary>The longest form in a script that is written without spaces, in UTF-16 units.</summary>
    public int UnspacedLengthMax { get; }

    /// <summary>Every listed form of a personal name.</summary>
    public IEnumerable<string> NameForms => _names.Keys;

    /// <summary>Whether a piece of Han or Hangul text is a listed word, which is how such text is cut into words.</summary>
    public bool IsUnspacedWord(string piece) => _unspaced.Contains(piece);

    /// <summary>The descriptor or word of a legal form that an unlisted word is a slip of ("compani", "cumpany"), or null.</summary>
    public string? GenericOfSlip(string text)
    {
        const double SlipRatioMin = 0.7;
        return text.Length < GenericCharsMin || _words.ContainsKey(text) || _formWords.Contains(text) || !_generic.TryGetValue(text[0], out var forms)
            ? null
            : Array.Find(forms, form => Math.Abs(form.Length - text.Length) <= 1 && WordComparer.Ratio(form, text) >= SlipRatioMin);
    }

    /// <summary>Whether a word is part of a listed legal form.</summary>
    public bool IsFormWord(string text) => _formWords.Contains(text);

    public bool TryLegalForm(string key, out LegalForms form) =>
        _legalForms.TryGetValue(key, out form) || (key.Length >= SlavicFormCharsMin && _slavicForms.TryGetValue(SlavicRomanisation.Of(key), out form));

    public bool TryWord(string key, out WordSense sense) =>
        _words.TryGetValue(key, out sense) || (SlavicStem.Of(key) is { } stem && _stems.TryGetValue(stem, out sense)) || TryPlaceAdjective(key, out sense);

    /// <summary>The code of a country that is given by its code or by a listed name, folded.</summary>
    public bool TryCountry(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? code) => _countries.TryGetValue(key, out code);

    /// <summary>A word in Cyrillic of which another case, gender or number is listed.</summary>
    /// <param name="raw">As written, lower case.</param>
    /// <param name="sense">The listed word's sense.</param>
    public bool TryInflected(string raw, out WordSense sense)
    {
        sense = default;
        return CyrillicStem.Of(raw) is { } stem && _cyrillicStems.TryGetValue(stem, out sense);
    }

    /// <summary>"Tulskiy" is of Tula, "Kazanskaya" of Kazan.</summary>
    private bool TryPlaceAdjective(string key, out WordSense sense)
    {
        foreach (var place in SlavicStem.PlacesOf(key))
        {
            if (_words.TryGetValue(place, out sense) && sense.Kind == WordKind.Place)
            {
                return true;
            }
        }

        sense = default;
        return false;
    }

    public NameGroup[] Groups(string key) => _names.TryGetValue(key, out var groups) ? groups : [];

    public static bool IsParticle(string text) => LexiconBuilder.Particles.Contains(text);

    public static bool IsTitle(string text) => LexiconBuilder.Titles.Contains(text);

    public static bool IsTitleAndName(string text) => LexiconBuilder.TitlesAndNames.Contains(text);

    public static bool IsSuffix(string text) => LexiconBuilder.Suffixes.ContainsKey(text);

    /// <summary>The canonical generation suffix: <c>junior</c> and <c>jr</c> are one.</summary>
    public static string Suffix(string text) => LexiconBuilder.Suffixes[text];
}
