namespace Stillgate.Parties.Screening;

/// <summary>Recognises words that are made of initials: of the other name (IBM, ICBC) or of the name itself ("Shahid Hemmat Industrial Group (SHIG)").</summary>
internal static class Acronyms
{
    private const int LettersMin = 2;
    private const int LettersMax = 8;
    private const int SpelledWordsMin = 2;

    /// <summary>
    /// Takes acronyms out before words are aligned: a name's own, and one that is all that the other side has. What an acronym on the other
    /// side spells is taken out with it.
    /// </summary>
    /// <returns>The acronym that stands for the other name, or null.</returns>
    public static string? TakeWhole(NameProfile left, NameProfile right, List<NameToken> lefts, List<NameToken> rights)
    {
        if (left.Reading == EntitySchema.Person)
        {
            return null;
        }

        TakeOwn(left, lefts, rights);
        TakeOwn(right, rights, lefts);
        return lefts.Count(IsContent) == 1 ? TakeOne(right, lefts, rights) : rights.Count(IsContent) == 1 ? TakeOne(left, rights, lefts) : null;
    }

    /// <summary>After alignment: where a left-over word of one side spells the initials of the other, takes both out of what is left over.</summary>
    /// <returns>The acronym, or null.</returns>
    public static string? TakeLeftOver(NameProfile left, NameProfile right, List<NameToken> leftOver, List<NameToken> rightOver) =>
        left.Reading == EntitySchema.Person ? null : TakeOne(right, leftOver, rightOver) ?? TakeOne(left, rightOver, leftOver);

    private static bool IsContent(NameToken token) => token.Kind is not (WordKind.Stop or WordKind.Descriptor);

    private static void TakeOwn(NameProfile whole, List<NameToken> own, List<NameToken> others)
    {
        for (var at = own.Count - 1; at >= 0; at--)
        {
            var word = own[at];
            var rest = whole.Tokens.Where(token => !ReferenceEquals(token, word)).ToArray();
            if ((word.Text.Length < 3 && !word.IsCapitals) || !CanBe(word) || (!Spells(word.Text, rest, whole) && !ShortensRest(word, rest)) || own.Count(IsContent) < SpelledWordsMin)
            {
                continue;
            }

            // The other side has only the acronym: then it is what agrees, and the words that it spells say nothing more.
            if (others.Exists(other => other.Text == word.Text))
            {
                if (others.Count(IsContent) == 1)
                {
                    own.RemoveAll(token => !ReferenceEquals(token, word) && Covers(word.Text, token));
                    return;
                }

                continue;
            }

            own.RemoveAt(at);
        }
    }

    private static string? TakeOne(NameProfile whole, List<NameToken> words, List<NameToken> spelled)
    {
        foreach (var word in words)
        {
            if (!CanBe(word) || spelled.Exists(other => other.Text == word.Text) || !Spells(word.Text, whole.Tokens, whole) || spelled.Count + 1 < word.Text.Length / 2.0)
            {
                continue;
            }

            // Whatever the acronym stands for agrees; a number or a place that it does not cover stays left over.
            var covered = spelled.Where(token => Covers(word.Text, token)).ToList();
            if (covered.Count > 0)
            {
                words.Remove(word);
                spelled.RemoveAll(covered.Contains);
                return word.Text;
            }
        }

        return null;
    }

    private static bool CanBe(NameToken word) => word.Kind == WordKind.Name && word.Text.Length is >= LettersMin and <= LettersMax && !word.Text.Any(char.IsAsciiDigit);

    private static bool Covers(string acronym, NameToken token) => token.Kind is not WordKind.Number && acronym.Contains(token.Text[0], StringComparison.Ordinal);

    private static bool Spells(string acronym, NameToken[] words, NameProfile whole)
    {
        var all = string.Concat(words.Select(word => word.Text[0]));
        var content = string.Concat(words.Where(word => word.Kind != WordKind.Stop).Select(word => word.Text[0]));
        return content.Contains(acronym, StringComparison.Ordinal) || all.Contains(acronym, StringComparison.Ordinal) || whole.Initials.Contains(acronym, StringComparison.Ordinal)
            || (acronym.Length > 3 && content.Length >= 3 && content.Length >= acronym.Length - 1 && acronym.StartsWith(content, StringComparison.Ordinal))
            || SpellsPastStops(acronym, words)
            || SpellsFromEndToEnd(acronym, words)
            || SpellsCompounds(acronym, words)
            || SpellsByWords(acronym, [.. whole.Words.Where(word => word != acronym)])
            || (whole.AllWords.Length > whole.Words.Length && SpellsBySyllables(acronym, [.. whole.AllWords.Where(word => word != acronym)]));
    }

    /// <summary>"Al-Qaida in the Arabian Peninsula" is AQAP: words that say nothing may give a letter or not.</summary>
    private static bool SpellsPastStops(ReadOnlySpan<char> acronym, ReadOnlySpan<NameToken> words)
    {
        if (acronym.IsEmpty || words.IsEmpty)
        {
            return acronym.IsEmpty && words.IsEmpty;
        }

        return (acronym[0] == words[0].Text[0] && SpellsPastStops(acronym[1..], words[1..]))
            || (words[0].Kind == WordKind.Stop && SpellsPastStops(acronym, words[1..]));
    }

    /// <summary>"Deutsches Zentrum für Luft- und Raumfahrt" is DLR: between the first word and the last, one word that says what sort of body it is may give no letter.</summary>
    private static bool SpellsFromEndToEnd(string acronym, NameToken[] words)
    {
        var content = words.Where(word => word.Kind != WordKind.Stop).ToArray();
        if (acronym.Length < 3 || content.Length != acronym.Length + 1)
        {
            return false;
        }

        for (var skipped = 1; skipped < content.Length - 1; skipped++)
        {
            if (content[skipped].Kind != WordKind.Name && content.Where((_, at) => at != skipped).Select(word => word.Text[0]).SequenceEqual(acronym))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Verkhne-Saldinskoye metallurgical production association" is VSMPO, however the compound is written: every word gives its first letter, and one long word one more.</summary>
    private static bool SpellsCompounds(string acronym, NameToken[] words)
    {
        const int LettersMin = 4;
        const int CompoundCharsMin = 10;
        const int PartCharsMin = 3;
        var content = words.Where(word => word.Kind != WordKind.Stop).ToArray();
        if (acronym.Length < LettersMin || content.Length != acronym.Length - 1)
        {
            return false;
        }

        for (var at = 0; at < content.Length; at++)
        {
            var text = content[at].Text;
            if (text.Length >= CompoundCharsMin && text.AsSpan(PartCharsMin, text.Length - (2 * PartCharsMin)).Contains(acronym[at + 1])
                && content.Select((word, index) => word.Text[0] == acronym[index <= at ? index : index + 1]).All(isSpelled => isSpelled))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"VTB Vneshtorgbank", "EY Ernst and Young": the letters of a word in capitals stand in the rest of its own name, in order, the first one first.</summary>
    private static bool ShortensRest(NameToken word, NameToken[] rest)
    {
        var joined = string.Concat(rest.Where(token => token.Kind != WordKind.Stop).Select(token => token.Text));
        if (!word.IsCapitals || joined.Length < 3 * word.Text.Length || joined[0] != word.Text[0])
        {
            return false;
        }

        var at = 0;
        foreach (var letter in word.Text)
        {
            at = joined.IndexOf(letter, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }

    // Places of several words are one token; what is written counts here. By first letters (IRISL), or by first syllables (KOMID, AVIC).
    private static bool SpellsByWords(string acronym, string[] words)
    {
        return string.Concat(words.Select(word => word[0])).Contains(acronym, StringComparison.Ordinal) || SpellsBySyllables(acronym, words);
    }

    private static bool SpellsBySyllables(string acronym, string[] words)
    {
        const int SyllabicMin = 4;
        return acronym.Length >= SyllabicMin && words.Length >= 2 && UsedBySyllables(acronym, words) * 2 >= words.Length && UsedBySyllables(acronym, words) >= 2;
    }

    /// <summary>How many words give the acronym their first letters, one to four each, in order, the first word among them; 0 where they do not spell it.</summary>
    private static int UsedBySyllables(ReadOnlySpan<char> acronym, ReadOnlySpan<string> words)
    {
        const int SyllableMax = 4;
        if (acronym.IsEmpty || words.IsEmpty)
        {
            return 0;
        }

        var best = 0;
        var shared = Math.Min(SyllableMax, acronym.CommonPrefixLength(words[0]));
        for (var length = 1; length <= shared; length++)
        {
            if (length == acronym.Length)
            {
                best = Math.Max(best, 1);
                continue;
            }

            // One word may be passed over: "Korea (General) Mining".
            for (var next = 1; next <= Math.Min(2, words.Length - 1); next++)
            {
                var rest = UsedBySyllables(acronym[length..], words[next..]);
                best = rest == 0 ? best : Math.Max(best, rest + 1);
            }
        }

        return best;
    }
}
