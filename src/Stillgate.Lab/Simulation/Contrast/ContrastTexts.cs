using System.Text.Json;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Contrast;

/// <summary>Prompts of legitimate programs that look like harvesting, in every language of the built-in texts.</summary>
internal sealed record ContrastTexts
{
    private static readonly Lazy<Dictionary<string, ContrastTexts>> Loaded = new(Load);

    /// <summary>Answers whatever its users ask, each request by itself.</summary>
    public required string Assistant { get; init; }

    /// <summary>Writes articles about topics.</summary>
    public required string Writer { get; init; }

    /// <summary>Makes quiz questions for teachers.</summary>
    public required string Quiz { get; init; }

    /// <summary>Solves exercises with all steps.</summary>
    public required string Tutor { get; init; }

    /// <summary>Sorts messages.</summary>
    public required string Moderator { get; init; }

    /// <summary>Asks a benchmark's question with reasoning first, as evaluation harnesses do.</summary>
    public required string Benchmark { get; init; }

    /// <summary>A framework's prompt that its users leave as it is.</summary>
    public required string Framework { get; init; }

    public static ContrastTexts Of(string language) => Loaded.Value[language];

    private static Dictionary<string, ContrastTexts> Load()
    {
        using var stream = typeof(ContrastTexts).Assembly.GetManifestResourceStream("Stillgate.Lab.Simulation.Contrast.contrast.json")
            ?? throw new InvalidOperationException("The build lacks the resource contrast.json.");
        return JsonSerializer.Deserialize(stream, TextsJson.Default.DictionaryStringContrastTexts)!;
    }
}
