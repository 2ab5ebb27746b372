namespace Stillgate.Parties.Screening;

/// <summary>Takes the legal forms out of an organisation's words.</summary>
internal static class LegalFormReader
{
    private const int ShortFormCharsMax = 3;
    private const int FormCharsMax = 60;

    /// <summary>Removes every legal form from the words and returns their classes; a name that is nothing but forms keeps its words.</summary>
    public static LegalForms Take(List<WrittenWord> words)
    {
        var found = LegalForms.None;
        var taken = new bool[words.Count];
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = Math.Min(Lexicon.PhraseWordsMax, words.Count - at); length >= 1; length--)
            {
                if (IsForm(words, at, length, out var form))
                {
                    taken.AsSpan(at, length).Fill(true);
                    found |= form;
                    at += length - 1;
                    break;
                }
            }
        }

        var left = words.Where((word, index) => !taken[index]).ToList();
        if (!left.Exists(word => !Lexicon.Default.TryWord(word.Text, out var sense) || sense.Kind != WordKind.Stop))
        {
            return LegalForms.None;
        }

        words.Clear();
        words.AddRange(left);
        return found;
    }

    private static bool IsForm(List<WrittenWord> words, int at, int length, out LegalForms form)
    {
        form = LegalForms.None;
        var text = "";
        var raw = "";
        for (var index = at; index < at + length; index++)
        {
            text += words[index].Text;
            raw += words[index].Raw;
            if (text.Length > FormCharsMax)
            {
                return false;
            }
        }

        var script = words[at].Script;
        if (at == 0 && text.Length <= 2 && words.Count > 1 && text is not ("pt" or "ao" or "ip" or "as" or "jp" or "cv" or "at" or "sa" or "ab" or "oy" or "ad"))
        {
            // Other two-letter forms never stand first; there the letters are a name ("RT-Metallurgiya").
            return false;
        }

        if (at == 0 && text == "jp" && words[0].IsAbbreviated)
        {
            // "J.P. Morgan" is no public enterprise of the Balkans.
            return false;
        }

        var inOriginal = script is Script.Han or Script.Hangul or Script.Kana || Scripts.IsAbjad(script);
        return Lexicon.Default.TryLegalForm(inOriginal ? raw : text, out form) && IsPlausible(words, at, length, text, form, script);
    }

    /// <summary>
    /// Short forms are words of many languages too, so "AS", "SA" or "PT" counts only at an end of the name, and a run of separate short words
    /// only where they are single letters. Words with a meaning of their own (foundation, trust, state enterprise) count at the ends only.
    /// </summary>
    private static bool IsPlausible(List<WrittenWord> words, int at, int length, string text, LegalForms form, Script script)
    {
        var isAtEnd = at == 0 || at + length == words.Count || FollowsOnlyForms(words, at + length);
        if (script is not (Script.Latin or Script.Cyrillic or Script.Greek))
        {
            return true;
        }

        if (text.Length <= ShortFormCharsMax)
        {
            var isWhole = length == 1 || words.Skip(at).Take(length).All(word => word.Text.Length == 1);
            return isWhole && (isAtEnd || (length == 1 && words[at].IsAbbreviated) || text is "llc" or "ltd" or "inc" or "ooo" or "oao" or "zao" or "pao" or "jsc" or "plc");
        }

        return isAtEnd || form is LegalForms.Private or LegalForms.Public or LegalForms.State;
    }

    private static bool FollowsOnlyForms(List<WrittenWord> words, int from)
    {
        for (var at = from; at < words.Count; at++)
        {
            if (!Lexicon.Default.TryLegalForm(words[at].Text, out _))
            {
                return false;
            }
        }

        return true;
    }
}
