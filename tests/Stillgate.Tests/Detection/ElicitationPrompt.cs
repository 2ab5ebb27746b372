using System.Globalization;
using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>A prompt of <c>Elicitation</c>: what it asks for, and its number among those of its family and language.</summary>
internal sealed record ElicitationPrompt(string Language, string Family, int Number, string Text)
{
    // Judging an essay and working step by step are asked for by ordinary users and are no elicitation.
    private const Cues Ordinary = Cues.StepByStep | Cues.Judge;

    /// <summary>The languages that prompts are written in.</summary>
    public static TheoryData<string> Languages => ["ar", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "zh"];

    /// <summary>Whether it asks for nothing that elicitation asks for.</summary>
    public bool IsInnocent => Family == "Innocent";

    /// <summary>Whether it gives any cue that ordinary requests do not.</summary>
    public bool GivesAnElicitationCue => (CuesOf(Text) & ~Ordinary) != Cues.None;

    /// <summary>Whether it gives its family's cue.</summary>
    public bool GivesItsCue => CuesOf(Text).HasFlag(Enum.Parse<Cues>(Family));

    /// <summary>The prompts of every language, ordered by it.</summary>
    /// <param name="below">Folder below <c>Elicitation</c>, or nothing for that itself.</param>
    public static IReadOnlyList<ElicitationPrompt> ReadAll(string below = "") =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Detection", "Elicitation", below), "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    public static Cues CuesOf(string text)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(Exchanges.Ask("1", "a", Exchanges.Start, text), content);
        return content.Cues;
    }

    /// <summary>What the lexicon finds by itself, whether the model of wording seconds it or not.</summary>
    public static Cues LexiconCuesOf(string text)
    {
        var scanned = new MaskedText();
        scanned.Scan(text);
        return CueLexicon.Shipped.Find(scanned);
    }

    private static IEnumerable<ElicitationPrompt> Read(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            var parts = line.Split(' ', 3);
            yield return new ElicitationPrompt(Path.GetFileNameWithoutExtension(path), parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2].Replace("\\n", "\n", StringComparison.Ordinal));
        }
    }
}
