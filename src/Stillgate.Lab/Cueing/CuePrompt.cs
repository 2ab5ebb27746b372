using System.Globalization;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Cueing;

/// <summary>A prompt that was written to teach or to test cues: a line <c>FAMILY NUMBER TEXT</c>, line breaks in the text as <c>\n</c>.</summary>
/// <param name="File">Name of its file without the extension: the language, and the writer where there are several.</param>
/// <param name="Family">What it asks for; <see cref="Cues.None"/> for an innocent one.</param>
/// <param name="Number">Its number among those of its family in the file.</param>
/// <param name="Text">The prompt. A name in braces stands where material is put in.</param>
internal sealed record CuePrompt(string File, Cues Family, int Number, string Text)
{
    public const string Innocent = "Innocent";

    /// <summary>Reads every prompt of a folder's text files, ordered by file.</summary>
    /// <exception cref="SimulationException">There is none, or a line is not a prompt.</exception>
    public static IReadOnlyList<CuePrompt> ReadAll(string folder)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.txt") is not { Length: > 0 } files)
        {
            throw new SimulationException($"{folder}: no prompts here, expected a folder of .txt files");
        }

        return [.. files.Order(StringComparer.Ordinal).SelectMany(Read)];
    }

    private static IEnumerable<CuePrompt> Read(string path)
    {
        var line = 0;
        foreach (var text in System.IO.File.ReadLines(path))
        {
            line++;
            var parts = text.Split(' ', 3);
            if (parts.Length < 3 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var number) || FamilyOf(parts[0]) is not { } family)
            {
                throw new SimulationException($"{path}:{line}: expected a family ({string.Join(", ", CueModel.Families)} or {Innocent}), a number and a text, with a space between");
            }

            yield return new CuePrompt(Path.GetFileNameWithoutExtension(path), family, number, parts[2].Replace("\\n", "\n", StringComparison.Ordinal));
        }
    }

    private static Cues? FamilyOf(string name)
    {
        if (name == Innocent)
        {
            return Cues.None;
        }

        return Enum.TryParse<Cues>(name, out var family) && CueModel.Families.Contains(family) ? family : null;
    }
}
