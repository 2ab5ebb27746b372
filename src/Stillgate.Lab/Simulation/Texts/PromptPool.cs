namespace Stillgate.Lab.Simulation.Texts;

/// <summary>A list of prompts of one source and language; the same index always gives the same prompt.</summary>
/// <param name="Source">Name for the labels.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Count">Indices are in [0, Count).</param>
/// <param name="At">The prompt at an index.</param>
internal sealed record PromptPool(string Source, string Language, int Count, Func<int, Prompt> At)
{
    public static PromptPool Of(string source, string language, IReadOnlyList<Prompt> prompts) =>
        new(source, language, prompts.Count, index => prompts[index]);

    public Prompt Draw(Chance chance) => At(chance.Below(Count));
}
