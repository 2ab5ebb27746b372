using System.Collections.Frozen;
using System.Text;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Policy.Impact;

/// <summary>
/// Guesses the language of a prompt from its script and, in Latin script, from common words. It serves one purpose: to count whom a
/// rule would hit by language, so that a rule that hits one harder is seen before it is in force. No decision reads it.
/// </summary>
public static class PromptLanguage
{
    /// <summary>Where the log keeps no text.</summary>
    public const string NotKept = "no text kept";

    /// <summary>Where the text is too short or mixed to say.</summary>
    public const string Undecided = "undecided";

    private const int CharsRead = 2000;
    private const int WordsNeeded = 2;

    private static readonly (string Language, FrozenSet<string> Words)[] Latin =
    [
        ("en", Words("the and of to is in that for with you are this what how please not be on it as")),
        ("de", Words("der die das und ist nicht ein eine mit für auf den wie bitte ich sie zu von im dem")),
        ("fr", Words("le la les et est des une un pour dans que qui vous avec pas sur je du au ce")),
        ("es", Words("el la los las y es que de un una para con por como no se del en lo más")),
        ("pt", Words("o os as e é que de um uma para com por como não se do da em no na você")),
        ("it", Words("il lo gli e è che di un una per con non si del della in come sono questo mi")),
    ];

    /// <summary>The language of an exchange's last prompt.</summary>
    public static string Of(ExchangeRecord exchange) =>
        exchange.Request.Messages is not { } messages ? NotKept : Of(messages.LastOrDefault(message => message.Role == "user")?.Content ?? string.Empty);

    /// <summary>The language of a text: ISO 639-1, or <see cref="Undecided"/>.</summary>
    public static string Of(string text)
    {
        var read = text.AsSpan(0, Math.Min(text.Length, CharsRead));
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rune in read.EnumerateRunes())
        {
            if (ScriptOf(rune.Value) is { } script)
            {
                counts[script] = counts.GetValueOrDefault(script) + 1;
            }
        }

        // Japanese is written with kana among the Han; some kana decide.
        var kana = counts.GetValueOrDefault("ja");
        if (kana > 0 && kana * 10 > counts.GetValueOrDefault("zh"))
        {
            return kana + counts.GetValueOrDefault("zh") > counts.GetValueOrDefault("latin") / 2 ? "ja" : OfWords(read.ToString());
        }

        // A prompt in another script often holds code or names in Latin letters; a third is enough to name it.
        var other = counts.Where(count => count.Key != "latin").OrderByDescending(count => count.Value).FirstOrDefault();
        return other.Key is not null && other.Value * 3 > counts.GetValueOrDefault("latin") ? other.Key : OfWords(read.ToString());
    }

    private static string? ScriptOf(int rune) => rune switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= 0xC0 and <= 0x24F => "latin",
        >= 0x3040 and <= 0x30FF => "ja",
        >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF => "zh",
        >= 0xAC00 and <= 0xD7AF or >= 0x1100 and <= 0x11FF => "ko",
        >= 0x0400 and <= 0x052F => "ru",
        >= 0x0600 and <= 0x06FF or >= 0x0750 and <= 0x077F => "ar",
        >= 0x0590 and <= 0x05FF => "he",
        >= 0x0900 and <= 0x097F => "hi",
        >= 0x0E00 and <= 0x0E7F => "th",
        >= 0x0370 and <= 0x03FF => "el",
        _ => null,
    };

    private static string OfWords(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\n', '\t', ',', '.', '?', '!', ':', ';', '(', ')', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var ranked = Latin.Select(language => (language.Language, Hits: words.Count(language.Words.Contains))).OrderByDescending(one => one.Hits).ToArray();
        return ranked[0].Hits >= WordsNeeded && ranked[0].Hits > ranked[1].Hits ? ranked[0].Language : Undecided;
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
