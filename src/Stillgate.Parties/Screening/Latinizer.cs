using System.Globalization;
using System.Text;
using AnyAscii;

namespace Stillgate.Parties.Screening;

/// <summary>Folds text of any script to lower-case ASCII: compatibility forms, diacritics, and transliteration by AnyAscii.</summary>
internal static class Latinizer
{
    private const char Dialytika = '\u0308';

    /// <summary>Compatibility-normalised lower case in the original script, with lone surrogates dropped so that no input throws.</summary>
    public static string Clean(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for a lone surrogate; Normalize would throw on it.
            if (rune.Value != 0xFFFD && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned))
            {
                sound.Append(rune.ToString());
            }
        }

        return sound.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    /// <summary>The ASCII letters and digits of one word that <see cref="Clean"/> has passed, lower case, everything else dropped.</summary>
    public static string Fold(string word)
    {
        var latin = Ascii.IsValid(word) ? word : GreekDigraphs(Prepare(word)).Transliterate();
        var kept = new StringBuilder(latin.Length);
        foreach (var letter in latin)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                kept.Append(char.ToLowerInvariant(letter));
            }
        }

        return kept.ToString();
    }

    /// <summary>The letters and digits of a cleaned word in its own script, spelling variants of Arabic letters unified.</summary>
    public static string Letters(string word) => Ascii.IsValid(word) ? string.Concat(word.Where(char.IsLetterOrDigit)) : string.Concat(Prepare(word).Where(IsWritten));

    // The vowel signs of Indic scripts are marks that belong to the word; those of abjads are gone by then.
    private static bool IsWritten(char letter) =>
        char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Modern Greek writes foreign d, g and j with two letters at the start of a word, b and u always; inside a word <see cref="GreekSpelling"/> tells what else they may be.</summary>
    private static string GreekDigraphs(string word)
    {
        if (word.Length == 0 || Scripts.Of(word[0]) != Script.Greek)
        {
            return word;
        }

        // The accent says which syllable is loud, and no more; what keeps two vowels apart stays until the pairs are read.
        var bare = string.Concat(word.Normalize(NormalizationForm.FormD).Where(letter => letter == Dialytika || char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));
        var spelled = bare.Replace("ου", "u", StringComparison.Ordinal).Replace("τζ", "j", StringComparison.Ordinal).Replace("χ", "kh", StringComparison.Ordinal)
            .Replace("μπ", "b", StringComparison.Ordinal);
        return spelled.StartsWith("ντ", StringComparison.Ordinal) ? "d" + spelled[2..]
            : spelled.StartsWith("γκ", StringComparison.Ordinal) ? "g" + spelled[2..]
            : spelled;
    }

    /// <summary>Letters whose usual romanisation in names differs from AnyAscii's, and Arabic letters and vowel points that say nothing here.</summary>
    private static string Prepare(string word)
    {
        var prepared = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            prepared.Append(letter switch
            {
                'ё' => "e",
                'ъ' or 'ь' => "",
                'і' or 'ї' => "i",
                'є' => "e",
                'أ' or 'إ' or 'آ' or 'ٱ' => "ا",
                'ى' or 'ی' => "ي",
                'ک' => "ك",
                'ة' => "ه",
                'ـ' => "",
                >= '\u064B' and <= '\u065F' => "",
                >= '\u0591' and <= '\u05C7' => "",
                'þ' => "th",

                // The dot of Devanagari that makes the vowel before it nasal is an n in most names.
                '\u0902' => "n",
                _ => letter.ToString(),
            });
        }

        return prepared.ToString();
    }
}
