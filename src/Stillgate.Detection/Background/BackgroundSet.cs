using System.Globalization;
using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Background;

/// <summary>
/// A named, versioned list of what is public property: the operator's prompts, anchors that an analysis learnt, and anchors that the operator
/// refuses to have learnt. The format is <c>docs/formats/background.md</c>, version 1.
/// </summary>
public sealed record BackgroundSet
{
    private const int FormatVersion = 1;
    private const int AnchorDigits = 12;

    /// <summary>Format version.</summary>
    public int V { get; init; } = FormatVersion;

    /// <summary>Name of the list.</summary>
    public string Name { get; init; } = "background";

    /// <summary>Version of its content: one more with every change that is written.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Id of the sketch key that the anchors were made under; null where there are none.</summary>
    public string? SketchKey { get; init; }

    /// <summary>The operator's prompts, as text: good under any key.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>What was learnt.</summary>
    public IReadOnlyList<BackgroundEntry> Learnt { get; init; } = [];

    /// <summary>Anchors that are never to be learnt, as twelve hexadecimal digits.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>An anchor as files and commands show it.</summary>
    /// <param name="anchor">The anchor, 48 bits.</param>
    /// <returns>Twelve hexadecimal digits.</returns>
    public static string Word(ulong anchor) => anchor.ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>Reads an anchor.</summary>
    /// <param name="word">Twelve hexadecimal digits.</param>
    /// <param name="anchor">The anchor.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? word, out ulong anchor) =>
        ulong.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out anchor) && word!.Length == AnchorDigits && anchor != 0;

    /// <summary>Reads a list.</summary>
    /// <param name="file">A JSON file of this format, or the older text file: one prompt a line, <c>\n</c> for a line break, <c>#</c> for a comment.</param>
    /// <returns>The list.</returns>
    /// <exception cref="LogFormatException">The file is missing or is neither.</exception>
    public static BackgroundSet Load(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            return text.AsSpan().TrimStart().StartsWith("{") ? Parse(text, file) : new BackgroundSet { Prompts = [.. PromptsOf(text.Split('\n'))] };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LogFormatException($"{file}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Writes the list beside its place and renames it, so that a reader sees the old one or the new one.</summary>
    /// <param name="file">Where to.</param>
    /// <exception cref="LogFormatException">The file cannot be written.</exception>
    public void Save(string file)
    {
        try
        {
            var partial = file + ".partial";
            File.WriteAllBytes(partial, [.. JsonSerializer.SerializeToUtf8Bytes(this, BackgroundJson.Default.BackgroundSet), (byte)'\n']);
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LogFormatException($"{file}: cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>Adds what an analysis learnt. What was known keeps its entry, and what is refused stays out.</summary>
    /// <param name="learnt">The anchors.</param>
    /// <param name="sketchKey">Id of their key.</param>
    /// <returns>The next version of the list, or this one where nothing is new.</returns>
    /// <exception cref="LogFormatException">The list's anchors were made under another key.</exception>
    public BackgroundSet With(IEnumerable<LearntAnchor> learnt, string sketchKey)
    {
        if (SketchKey is { } own && own != sketchKey)
        {
            throw new LogFormatException($"the background {Name} was learnt under the sketch key {own}, and this log under {sketchKey}: their anchors cannot stand in one list");
        }

        var known = Learnt.Select(entry => entry.Anchor).Concat(Refused).ToHashSet(StringComparer.Ordinal);
        var added = learnt.Select(BackgroundEntry.Of).Where(entry => !known.Contains(entry.Anchor)).ToArray();
        return added.Length == 0 ? this : this with { Version = Version + 1, SketchKey = sketchKey, Learnt = [.. Learnt, .. added] };
    }

    internal static IEnumerable<string> PromptsOf(IEnumerable<string> lines) =>
        lines.Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal));

    private static BackgroundSet Parse(string text, string file)
    {
        try
        {
            var set = JsonSerializer.Deserialize(text, BackgroundJson.Default.BackgroundSet);
            if (set is not { V: FormatVersion })
            {
                throw new LogFormatException($"{file}: v: expected a background of version {FormatVersion}");
            }

            // The reader gives null for a member that the file leaves out.
            set = set with { Name = set.Name ?? "background", Prompts = set.Prompts ?? [], Learnt = set.Learnt ?? [], Refused = set.Refused ?? [] };
            var wrong = set.Learnt.Select((entry, index) => (Path: $"learnt[{index}].anchor", Word: entry.Anchor))
                .Concat(set.Refused.Select((word, index) => (Path: $"refused[{index}]", Word: word)))
                .FirstOrDefault(anchor => !TryParse(anchor.Word, out _));
            return wrong.Path is null ? set : throw new LogFormatException($"{file}: {wrong.Path}: expected {AnchorDigits} hexadecimal digits");
        }
        catch (JsonException cause)
        {
            throw new LogFormatException($"{file}:{(cause.LineNumber ?? 0) + 1}: {cause.Path}: not a background of version {FormatVersion}", cause);
        }
    }
}
