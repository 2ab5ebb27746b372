using System.Collections.Frozen;

namespace Stillgate.Parties.Screening;

/// <summary>Reads the lexicon's text files into tables keyed by folded form.</summary>
internal sealed class LexiconBuilder
{
    public static readonly FrozenSet<string> Particles = Set(
        "al el ul ud ur ad as ar az an at ash il bin ben ibn ould wuld bint binti bn walad de da do dos das del della di du des la le los las der den van von vom zu zum zur ter ten te af av "
        + "y e i und et ap o abd abdul abdel abdal ullah allah uddin din eddine mac mc abu abou aboo bou bu umm um ibnu oglu ogly uulu kyzy kizi qizi zadeh zada");

    public static readonly FrozenSet<string> Titles = Set(
        "mr mrs ms miss mx dr doctor prof professor sir lord lady dame madam mme mlle monsieur herr frau fraulein don dona senor senora sheikh shaykh sheik shaikh cheikh haji hajji hajj hadji alhaji al-haji alhaj "
        + "mullah mulla mollah maulvi mawlawi moulvi maulana mawlana ayatollah hojjatoleslam imam gen general col colonel maj major capt captain lt lieutenant brig brigadier adm admiral president minister prince princess king queen "
        + "emir sayyid sayyed seyyed sayed seyed syed said-sayyid engineer eng ing ustad ustadh ostad qari qari commander comandante cmdr sgt sergeant hon honorable honourable rev reverend father fr pastor bishop phd esq esquire mba cpa jnr-title "
        + "marshal comrade mufti sultan shah-title dipl kapitan polkovnik leytenant licenciado lic ingeniero abogado dott dottore avv excellency his her");

    public static readonly FrozenSet<string> TitlesAndNames = Set("sultan sayyid sayyed seyyed sayed seyed syed imam qari king prince bishop pastor emir father major");

    public static readonly FrozenDictionary<string, string> Suffixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["jr"] = "junior", ["junior"] = "junior", ["jnr"] = "junior", ["filho"] = "junior", ["hijo"] = "junior",
        ["sr"] = "senior", ["senior"] = "senior", ["snr"] = "senior",
        ["ii"] = "2", ["iii"] = "3", ["iv"] = "4", ["2nd"] = "2", ["3rd"] = "3", ["4th"] = "4",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const int CountryCodeChars = 2;

    private int _lastConcept;

    public Dictionary<string, LegalForms> LegalForms { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, WordSense> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>The single words in Cyrillic by their stem.</summary>
    public Dictionary<string, WordSense> CyrillicStems { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<NameGroup>> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The codes of countries by code and by folded name.</summary>
    public Dictionary<string, string> Countries { get; } = new(StringComparer.Ordinal);

    /// <summary>The single words of which legal forms are made.</summary>
    public HashSet<string> FormWords { get; } = new(StringComparer.Ordinal);

    /// <summary>Japanese names in Han characters.</summary>
    public JapaneseNames Japanese { get; private set; } = null!;

    public HashSet<string> Unspaced { get; } = new(StringComparer.Ordinal);

    public static LexiconBuilder FromResources()
    {
        var builder = new LexiconBuilder();
        foreach (var line in Lines("legal-forms.txt"))
        {
            builder.AddLegalForms(line);
        }

        foreach (var line in Lines("words.txt"))
        {
            var parts = line.Split('|', 3);
            builder.AddWords(Enum.Parse<WordKind>(parts[0], ignoreCase: true), parts[2]);
        }

        foreach (var line in Lines("places.txt"))
        {
            var parts = line.Split('|', 2);
            builder.AddWords(WordKind.Place, parts[1]);
            if (parts[0].Length == CountryCodeChars)
            {
                builder.AddCountry(parts[0], parts[1]);
            }
        }

        var group = 0;
        foreach (var line in Lines("names.txt"))
        {
            builder.AddNames(new NameGroup(++group, line[0]), line.Split('|', 2)[1]);
        }

        // Each reading is a group of its own: "Ken" and "Takeshi" are written alike in Japan, and are two names all the same.
        var readings = new Dictionary<string, NameGroup>(StringComparer.Ordinal);
        builder.Japanese = JapaneseNames.Of(Lines("japanese.txt"), reading =>
        {
            if (!readings.TryGetValue(reading, out var known))
            {
                readings[reading] = known = new NameGroup(++group, 'u');
                builder.AddNames(known, reading);
            }

            return known;
        });

        return builder;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(LexiconBuilder).Assembly.GetManifestResourceStream("lexicon/" + name)
            ?? throw new InvalidOperationException($"The lexicon '{name}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    private void AddLegalForms(string line)
    {
        var parts = line.Split(':', 2);
        var form = Enum.Parse<LegalForms>(parts[0], ignoreCase: true);
        foreach (var key in parts[1].Split(';').SelectMany(Keys))
        {
            LegalForms.TryAdd(key, form);
        }

        foreach (var word in parts[1].Split([';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => Latinizer.Fold(Latinizer.Clean(word))))
        {
            FormWords.Add(word);
        }
    }

    private void AddWords(WordKind kind, string forms)
    {
        var concept = ++_lastConcept;
        foreach (var form in forms.Split(','))
        {
            foreach (var key in Keys(form).Concat(SpacedKeys(form)))
            {
                Words.TryAdd(key, new WordSense(kind, concept));
            }

            if (CyrillicStem.Of(Latinizer.Letters(Latinizer.Clean(form.Trim()))) is { } stem && kind != WordKind.Stop && !form.Trim().Contains(' ', StringComparison.Ordinal))
            {
                CyrillicStems.TryAdd(stem, new WordSense(kind, concept));
            }
        }
    }

    private void AddCountry(string code, string forms)
    {
        Countries.TryAdd(code, code);
        foreach (var key in forms.Split(',').SelectMany(Keys))
        {
            Countries.TryAdd(key, code);
        }
    }

    private void AddNames(NameGroup group, string forms)
    {
        foreach (var key in forms.Split(',').SelectMany(Keys))
        {
            if (!Names.TryGetValue(key, out var groups))
            {
                Names[key] = groups = [];
            }

            if (!groups.Contains(group))
            {
                groups.Add(group);
            }
        }
    }

    /// <summary>A form of several words is also found word by word; only such forms are, so that "Ma Li" is not Mali.</summary>
    private static IEnumerable<string> SpacedKeys(string form)
    {
        var words = WordCutter.CutPlain(form);
        return words.Count < 2 ? [] : [Scripts.IsAbjad(words[0].Script) ? string.Join(' ', words.Select(word => word.Raw)) : string.Join(' ', words.Select(word => word.Text))];
    }

    /// <summary>
    /// The keys under which a form is found: the folded letters without spaces, and for scripts that fold badly (abjads, Han, Hangul, kana)
    /// only the original letters, so that a folded Latin word does not find them by accident.
    /// </summary>
    private IEnumerable<string> Keys(string form)
    {
        var clean = Latinizer.Clean(form.Trim());
        if (clean.Length == 0)
        {
            yield break;
        }

        var script = Scripts.Of(clean.EnumerateRunes().First().Value);
        var together = Latinizer.Letters(clean);
        if (script is Script.Han or Script.Hangul or Script.Kana)
        {
            Unspaced.Add(together);
            yield return together;
        }
        else if (Scripts.IsAbjad(script))
        {
            yield return together;
        }
        else
        {
            yield return Latinizer.Fold(clean);
        }
    }
}
