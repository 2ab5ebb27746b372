using System.Text.RegularExpressions;

namespace Stillgate.Parties.Screening;

/// <summary>
/// Arabic compound names are one name in two or three words, and romanised in a dozen ways: Abd al-Kabir, Abdul Kabir, Abdelkabir, عبد الكبير.
/// Here they become one word with one spelling of the joint, so that the rest can be compared.
/// </summary>
internal static partial class ArabicCompounds
{
    private static readonly HashSet<string> Servants = new(StringComparer.Ordinal) { "abd", "abdul", "abdel", "abdal", "abdu", "abdur", "abdou", "abdoul", "abdol", "abdil", "abdulu", "عبد" };

    private static readonly HashSet<string> Gods = new(StringComparer.Ordinal) { "allah", "ullah", "ulla", "ollah", "oullah", "alla", "الله" };

    private static readonly HashSet<string> Faiths = new(StringComparer.Ordinal) { "din", "deen", "dine", "eddine", "uddin", "eddin", "aldin", "aldeen", "aldine", "ddin", "الدين" };

    private static readonly HashSet<string> Articles = new(StringComparer.Ordinal) { "al", "el", "ul", "ur", "ar", "ud", "ed", "ad", "er", "as", "ash", "an", "at", "az" };

    public static List<WrittenWord> Join(List<WrittenWord> words)
    {
        var joined = new List<WrittenWord>(words.Count);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            var isServant = Servants.Contains(word.Text) || Servants.Contains(word.Raw);
            if (isServant && Next(words, at + 1) is var next && next > 0)
            {
                joined.Add(Servant(words[next], word.Script));
                at = next;
            }
            else if (joined.Count > 0 && (Gods.Contains(word.Text) || Gods.Contains(word.Raw)) && joined[^1].Text.Length > 2)
            {
                joined[^1] = Suffixed(joined[^1], "ullah");
            }
            else if (IsFaith(words, at, out var end) && joined.Count > 0 && joined[^1].Text.Length > 2)
            {
                joined[^1] = Suffixed(joined[^1], "uddin");
                at = end;
            }
            else
            {
                joined.Add(Unify(word));
            }
        }

        return joined;
    }

    /// <summary>The part of a compound that tells it from others; other words whole.</summary>
    public static string Core(string text)
    {
        const int CoreCharsMin = 3;
        return text.Length < 5 + CoreCharsMin ? text
            : text.StartsWith("abdul", StringComparison.Ordinal) ? text[5..]
            : text.EndsWith("ullah", StringComparison.Ordinal) || text.EndsWith("uddin", StringComparison.Ordinal) ? text[..^5]
            : text;
    }

    private static int Next(List<WrittenWord> words, int at)
    {
        var next = at < words.Count && Articles.Contains(words[at].Text) ? at + 1 : at;
        return next < words.Count && words[next].Text.Length > 2 ? next : -1;
    }

    private static bool IsFaith(List<WrittenWord> words, int at, out int end)
    {
        end = at + 1 < words.Count && Articles.Contains(words[at].Text) ? at + 1 : at;
        var isFaith = Faiths.Contains(words[end].Text) || Faiths.Contains(words[end].Raw);
        return isFaith && (end > at || words[end].Text is not "din" || at > 0);
    }

    private static WrittenWord Servant(WrittenWord rest, Script script) =>
        Make("abdul" + (Scripts.IsAbjad(rest.Script) && rest.Raw.StartsWith("ال", StringComparison.Ordinal) ? Latinizer.Fold(rest.Raw[2..]) : rest.Text), script, rest);

    private static WrittenWord Suffixed(WrittenWord word, string suffix) => Make(word.Text + suffix, word.Script, word);

    private static WrittenWord Unify(WrittenWord word)
    {
        if (Scripts.IsAbjad(word.Script))
        {
            return word.Raw.StartsWith("عبدال", StringComparison.Ordinal) && word.Raw.Length > 6 ? Make("abdul" + Latinizer.Fold(word.Raw[5..]), word.Script, word) : word;
        }

        var text = Servant().Replace(word.Text, "abdul");
        text = AssimilatedServant().Replace(text, "abdul");
        text = Faith().Replace(text, "uddin");
        text = God().Replace(text, "ullah");
        return text == word.Text ? word : word with { Text = text };
    }

    private static WrittenWord Make(string text, Script script, WrittenWord from) => new(text, text, script, from.IsAbbreviated);

    [GeneratedRegex("^abd(?:ou|e|a|o|u|i)l(?=.{3})")]
    private static partial Regex Servant();

    [GeneratedRegex("^abd(?:ou|e|a|o|u|i)(?=([rstnzd])\\1.{2})[rstnzd]")]
    private static partial Regex AssimilatedServant();

    [GeneratedRegex("(?<=.{3})[uea]d?d(?:i|ee)ne?$")]
    private static partial Regex Faith();

    [GeneratedRegex("(?<=.{3})(?:ollah|oullah|allah|ulla|alla|olla)$")]
    private static partial Regex God();
}
