namespace Stillgate.Parties.Screening;

/// <summary>Makes tokens, so that keys and weights are computed in one place.</summary>
internal static class TokenFactory
{
    public static NameToken Make(string text, string raw, Script script, WordKind kind, int concept, NameGroup[] groups, bool isAbbreviated, int parts)
    {
        var sound = SoundKey.Of(text);
        return new NameToken
        {
            Text = text,
            Raw = raw,
            Sound = sound,
            Skeleton = SoundKey.Skeleton(SoundKey.Of(text, dropSilent: false)),
            Letters = LettersOf(text) | LettersOf(sound),
            Kind = kind,
            Concept = concept,
            Groups = groups,
            Script = script,
            Weight = WeightOf(kind),
            IsAbbreviated = isAbbreviated,
            Parts = parts,
        };
    }

    /// <summary>The same word, marked as an acronym that the name itself carries.</summary>
    public static NameToken InCapitals(NameToken word) => new()
    {
        Text = word.Text,
        Raw = word.Raw,
        Sound = word.Sound,
        Skeleton = word.Skeleton,
        Letters = word.Letters,
        Kind = word.Kind,
        Concept = word.Concept,
        Groups = word.Groups,
        Script = word.Script,
        Weight = word.Weight,
        IsAbbreviated = word.IsAbbreviated,
        Parts = word.Parts,
        IsCapitals = true,
    };

    /// <summary>Two or three neighbouring words read as one, as when a compound is written apart.</summary>
    public static NameToken Join(ReadOnlySpan<NameToken> parts)
    {
        var text = "";
        var raw = "";
        var count = 0;
        foreach (var part in parts)
        {
            text += part.Text;
            raw += part.Raw;
            count += part.Parts;
        }

        var groups = Lexicon.Default.Groups(Scripts.IsAbjad(parts[0].Script) ? raw : text);
        return Make(text, raw, parts[0].Script, WordKind.Name, -1, groups, isAbbreviated: false, count);
    }

    private static ulong LettersOf(string text)
    {
        var letters = 0UL;
        foreach (var letter in text)
        {
            letters |= 1UL << (letter % 64);
        }

        return letters;
    }

    private static double WeightOf(WordKind kind) => kind switch
    {
        WordKind.Name or WordKind.Number => 1,
        WordKind.Place => 0.6,
        WordKind.Body => 0.5,
        WordKind.Activity or WordKind.Arm => 0.5,
        WordKind.Initial => 0.4,
        WordKind.Descriptor => 0.2,
        WordKind.Particle => 0.15,
        WordKind.Title => 0.1,
        WordKind.Suffix => 0.3,
        _ => 0,
    };
}
