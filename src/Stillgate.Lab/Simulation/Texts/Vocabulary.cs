using System.Collections.Concurrent;
using System.Text;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>
/// Words of a language's own texts, to vary filler sentences with. Unrelated documents do not share sentences; some twenty
/// authored ones, repeated unchanged, would tie together every account of a language.
/// </summary>
internal sealed class Vocabulary
{
    private const double ReplacedShare = 0.25;
    private static readonly ConcurrentDictionary<string, Vocabulary> Known = new(StringComparer.Ordinal);
    private readonly string[] _words;

    private Vocabulary(LanguageTexts texts) =>
        _words = [.. texts.Topics.Concat(texts.Verticals.Values.SelectMany(topics => topics)).Concat(texts.Personas)
            .SelectMany(phrase => phrase.Split(' '))
            .Where(word => word.Length > 1)
            .Distinct()];

    public static Vocabulary Of(LanguageTexts texts) => Known.GetOrAdd(texts.Language, static (_, source) => new Vocabulary(source), texts);

    /// <summary>The sentence with about a quarter of its words (or pairs of characters, where words are not spaced) exchanged.</summary>
    public string Vary(string sentence, Chance chance)
    {
        var varied = new StringBuilder(sentence.Length + 32);
        if (!sentence.Contains(' ', StringComparison.Ordinal))
        {
            for (var index = 0; index < sentence.Length; index += 2)
            {
                varied.Append(chance.Hit(ReplacedShare / 2) && index + 2 < sentence.Length ? chance.Pick(_words) : sentence.AsSpan(index, Math.Min(2, sentence.Length - index)));
            }

            return varied.ToString();
        }

        foreach (var range in sentence.AsSpan().Split(' '))
        {
            varied.Append(varied.Length > 0 ? " " : "").Append(chance.Hit(ReplacedShare) ? chance.Pick(_words) : sentence.AsSpan(range));
        }

        return varied.ToString();
    }
}
