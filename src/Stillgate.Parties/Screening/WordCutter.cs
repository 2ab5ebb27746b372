using System.Text;
using System.Text.RegularExpressions;

namespace Stillgate.Parties.Screening;

/// <summary>Cuts a name into written words: at spaces and marks, between letters and digits, and inside scripts that use no spaces.</summary>
internal static partial class WordCutter
{
    /// <summary>Longer names are cut here; no listed name comes near it, and it bounds the work that an input can cause.</summary>
    public const int NameCharsMax = 512;

    private const int WordsMax = 40;

    /// <param name="name">Any text.</param>
    /// <param name="bySyllable">Whether unlisted Han and Hangul is cut into syllables, as personal names are; otherwise it stays together.</param>
    public static List<WrittenWord> Cut(string name, bool bySyllable)
    {
        var words = new List<WrittenWord>();
        var run = new StringBuilder();
        var kind = RunKind.None;
        var dotted = false;
        var clean = OrdinalEnding().Replace(Latinizer.Clean(name.Length > NameCharsMax ? name[..NameCharsMax] : name), "");
        clean = Misread(clean, bySyllable ? MisreadInAPerson() : MisreadInAWord());
        for (var at = 0; at < clean.Length && words.Count < WordsMax;)
        {
            Rune.DecodeFromUtf16(clean.AsSpan(at), out var rune, out var used);
            var next = KindOf(rune, clean, at, kind, joinsSingles: !bySyllable);
            if (next != kind && next != RunKind.Inside)
            {
                Close(words, run, kind, dotted || IsFullStop(rune), bySyllable);
                kind = next;
                dotted = false;
            }

            if (next is RunKind.Letters or RunKind.Digits or RunKind.Unspaced)
            {
                run.Append(clean, at, used);
            }
            else if (next == RunKind.Inside)
            {
                dotted |= IsFullStop(rune);
            }
            else if (rune.Value is '&' or '+')
            {
                // "En+" is read "En Plus"; between words the sign says "and".
                var sign = rune.Value == '+' && at > 0 && char.IsLetterOrDigit(clean[at - 1]) ? "plus" : "and";
                words.Add(new WrittenWord(sign, sign, Script.Latin, IsAbbreviated: false));
            }

            at += used;
        }

        Close(words, run, kind, dotted, bySyllable);
        return words;
    }

    /// <summary>Cuts at white space only; for the lexicon's own forms, while the lexicon is not there yet.</summary>
    public static List<WrittenWord> CutPlain(string form)
    {
        var words = new List<WrittenWord>();
        foreach (var word in Latinizer.Clean(form).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Add(words, word, abbreviated: false);
        }

        return words;
    }

    /// <summary>A machine that reads paper takes an l for a 1 and an o for a 0; inside of a word they are letters.</summary>
    private static string Misread(string clean, Regex digit) => clean.AsSpan().IndexOfAny('0', '1', '5') < 1
        ? clean
        : digit.Replace(clean, static match => match.ValueSpan[0] switch { '0' => "o", '1' => "l", _ => "s" });

    private static RunKind KindOf(Rune rune, string text, int at, RunKind current, bool joinsSingles)
    {
        if (Rune.IsDigit(rune))
        {
            return RunKind.Digits;
        }

        if (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
        {
            return Scripts.Of(rune.Value) is Script.Han or Script.Hangul ? RunKind.Unspaced : RunKind.Letters;
        }

        if (current == RunKind.Letters && rune.Value is '\'' or '’' or '‘' or '`' or 'ʼ' or 'ʻ' or '´' or '"' && IsBetweenLetters(text, at))
        {
            return RunKind.Inside;
        }

        // "I.B.M." and "s.p.a." are one word: a full stop between two single letters joins them. In a person's name they are initials.
        return joinsSingles && current == RunKind.Letters && rune.Value == '.' && JoinsSingles(text, at) ? RunKind.Inside : RunKind.None;
    }

    private static bool IsFullStop(Rune rune) => rune.Value == '.';

    private static bool IsBetweenLetters(string text, int at) =>
        at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    private static bool JoinsSingles(string text, int at)
    {
        var singleBefore = at > 0 && char.IsLetter(text[at - 1]) && (at == 1 || !char.IsLetterOrDigit(text[at - 2]));
        var singleAfter = at + 1 < text.Length && char.IsLetter(text[at + 1]) && (at + 2 >= text.Length || !char.IsLetterOrDigit(text[at + 2]));
        return singleBefore && singleAfter;
    }

    private static void Close(List<WrittenWord> words, StringBuilder run, RunKind kind, bool abbreviated, bool bySyllable)
    {
        if (run.Length == 0)
        {
            return;
        }

        var text = run.ToString();
        run.Clear();
        if (kind == RunKind.Unspaced)
        {
            UnspacedCutter.Cut(words, text, bySyllable);
            return;
        }

        Add(words, text, abbreviated);
    }

    internal static void Add(List<WrittenWord> words, string text, bool abbreviated)
    {
        var folded = Latinizer.Fold(text);
        if (folded.Length > 0)
        {
            words.Add(new WrittenWord(Latinizer.Letters(text), folded, Scripts.Of(text.EnumerateRunes().First().Value), abbreviated));
        }
    }

    /// <summary>2nd is 2.</summary>
    [GeneratedRegex(@"(?<=\d)(?:st|nd|rd|th|eme|er)\b")]
    private static partial Regex OrdinalEnding();

    [GeneratedRegex(@"(?<=[a-z]{2})[015](?=[a-z])")]
    private static partial Regex MisreadInAPerson();

    [GeneratedRegex(@"(?<=[a-z]{2})[015](?=[a-z]{2})")]
    private static partial Regex MisreadInAWord();

    private enum RunKind
    {
        None,
        Letters,
        Digits,
        Unspaced,
        Inside,
    }
}
