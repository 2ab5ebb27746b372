using System.Text;

namespace Stillgate.Parties.Screening;

/// <summary>Cuts Han and Hangul text, which has no spaces, by the longest listed word at each place.</summary>
internal static class UnspacedCutter
{
    public static void Cut(List<WrittenWord> words, string text, bool bySyllable)
    {
        var lexicon = Lexicon.Default;
        var rest = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            // Personal names are cut by syllable throughout: a surname of one character may open a longer listed word.
            var length = bySyllable ? 0 : LongestWord(lexicon, text, at);
            if (length > 0)
            {
                Flush(words, rest);
                WordCutter.Add(words, text.Substring(at, length), abbreviated: false);
                at += length;
                continue;
            }

            var width = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
            rest.Append(text, at, width);
            at += width;
            if (bySyllable)
            {
                Flush(words, rest);
            }
        }

        Flush(words, rest);
    }

    private static int LongestWord(Lexicon lexicon, string text, int at)
    {
        // Single characters are words only as the whole text; inside a longer one they are parts of names.
        for (var length = Math.Min(lexicon.UnspacedLengthMax, text.Length - at); length >= 2; length--)
        {
            if (lexicon.IsUnspacedWord(text.Substring(at, length)))
            {
                return length;
            }
        }

        return 0;
    }

    private static void Flush(List<WrittenWord> words, StringBuilder rest)
    {
        if (rest.Length > 0)
        {
            WordCutter.Add(words, rest.ToString(), abbreviated: false);
            rest.Clear();
        }
    }
}
