using System.Text.RegularExpressions;

namespace Stillgate.Parties.Screening;

/// <summary>Reads an organisation's name: legal form taken off, words looked up, numbers unified.</summary>
internal static partial class OrganizationReader
{
    private const int SenseWordsMax = 4;

    public static NameProfile Read(string name)
    {
        var words = ArabicCompounds.Join(WithoutShipPrefix(WordCutter.Cut(name, bySyllable: false)));
        for (var at = 0; at < words.Count; at++)
        {
            // A slip inside "joint stock company" must not turn it into a distinctive word.
            words[at] = words[at].Script == Script.Latin && Lexicon.Default.GenericOfSlip(words[at].Text) is { } generic ? words[at] with { Text = generic } : words[at];
        }

        var initials = string.Concat(words.Select(word => word.Text.Length <= 3 && Lexicon.Default.TryLegalForm(word.Text, out _) ? word.Text : word.Text[..1]));
        string[] all = [.. words.Select(word => word.Text)];
        string[] content = [.. all.Where(word => !Lexicon.Default.TryWord(word, out var sense) || sense.Kind != WordKind.Stop)];
        var forms = LegalFormReader.Take(words);
        var tokens = new List<NameToken>(words.Count);
        for (var at = 0; at < words.Count;)
        {
            at += AddNext(tokens, words, at);
        }

        if (tokens is [{ Kind: WordKind.Stop, Script: not Script.Latin } only])
        {
            // Folded, the Greek acronym of a power company is an Italian article; alone and in another script it is no article.
            tokens[0] = TokenFactory.Make(only.Text, only.Raw, only.Script, WordKind.Name, -1, [], only.IsAbbreviated, only.Parts);
        }

        MarkCapitals(tokens, name);
        return new NameProfile(name, EntitySchema.Organization, [.. tokens], forms, initials, content, all.Length == content.Length ? content : all);
    }

    /// <summary>"MAZ" in "MAZ Minsk Automobile Plant" is the body's acronym; in a name all in capitals nothing shows which word is.</summary>
    private static void MarkCapitals(List<NameToken> tokens, string name)
    {
        const int AcronymCharsMax = 6;
        if (tokens.Count < 2 || !name.Any(char.IsLower))
        {
            return;
        }

        var capitals = Capitals().EnumerateMatches(name);
        while (capitals.MoveNext())
        {
            var written = name.AsSpan(capitals.Current.Index, Math.Min(capitals.Current.Length, AcronymCharsMax + 1)).ToString();
            var folded = written.Length > AcronymCharsMax ? "" : Latinizer.Fold(Latinizer.Clean(written));
            var at = tokens.FindIndex(token => token.Kind == WordKind.Name && token.Text == folded);
            if (at >= 0)
            {
                tokens[at] = TokenFactory.InCapitals(tokens[at]);
            }
        }
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])")]
    private static partial Regex Capitals();

    /// <summary>"M/V" and "M/T" before a ship's name; written without the stroke they are one word, which the lexicon knows.</summary>
    private static List<WrittenWord> WithoutShipPrefix(List<WrittenWord> words)
    {
        if (words.Count > 2 && (words[0].Text, words[1].Text) is ("m", "v") or ("m", "t") or ("m", "y") or ("s", "s") or ("f", "v") or ("s", "y"))
        {
            words.RemoveRange(0, 2);
        }

        return words;
    }

    private static int AddNext(List<NameToken> tokens, List<WrittenWord> words, int at)
    {
        for (var length = Math.Min(SenseWordsMax, words.Count - at); length >= 1; length--)
        {
            var (text, raw) = Concat(words, at, length);
            if (!TrySense(words[at].Script, text, raw, length, out var sense) || (length == 1 && IsOnlyALetter(words, at, sense)))
            {
                continue;
            }

            var folded = sense.Kind == WordKind.Number ? NumberText(sense) : text;
            folded = folded.Replace(" ", "", StringComparison.Ordinal);
            tokens.Add(TokenFactory.Make(folded, raw, words[at].Script, sense.Kind, sense.Concept, [], words[at].IsAbbreviated, length));
            return length;
        }

        var word = words[at];
        if (char.IsAsciiDigit(word.Text[0]))
        {
            var digits = word.Text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray()).TrimStart('0');
            tokens.Add(TokenFactory.Make(digits.Length == 0 ? "0" : digits, word.Raw, word.Script, WordKind.Number, -1, [], isAbbreviated: false, parts: 1));
        }
        else
        {
            tokens.Add(TokenFactory.Make(word.Text, word.Raw, word.Script, WordKind.Name, -1, [], word.IsAbbreviated, parts: 1));
        }

        return 1;
    }

    private static (string Text, string Raw) Concat(List<WrittenWord> words, int at, int length)
    {
        if (length == 1)
        {
            return (words[at].Text, words[at].Raw);
        }

        var slice = words.Skip(at).Take(length);
        return (string.Join(' ', slice.Select(word => word.Text)), string.Join(' ', slice.Select(word => word.Raw)));
    }

    private static bool TrySense(Script script, string text, string raw, int length, out WordSense sense) =>
        script is Script.Han or Script.Hangul or Script.Kana || Scripts.IsAbjad(script)
            ? Lexicon.Default.TryWord(raw, out sense)
            : Lexicon.Default.TryWord(text, out sense) || (length == 1 && script == Script.Cyrillic && Lexicon.Default.TryInflected(raw, out sense));

    /// <summary>A single letter is a number (V, X) or a stop word only where it does not stand first: "X Corp", "V Kontakte".</summary>
    private static bool IsOnlyALetter(List<WrittenWord> words, int at, WordSense sense) =>
        words[at].Text.Length == 1 && char.IsAsciiLetter(words[at].Text[0]) && (at == 0 || (sense.Kind == WordKind.Number && at + 1 < words.Count));

    /// <summary>One text for a listed number, however it is written: "2", "II" and "second" are the same line of the lexicon.</summary>
    private static string NumberText(WordSense sense) => "#" + sense.Concept.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
