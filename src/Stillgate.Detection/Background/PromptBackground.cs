using System.Reflection;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Background;

/// <summary>
/// Prompts that are public property: harnesses, frameworks, tutorials. Their anchors are set aside before accounts are compared, so that
/// sharing them links nobody. The build's own list is small and general; an operator adds the harnesses that its customers use, and
/// <see cref="BackgroundLearner"/> finds more. A group that grows past <c>AnchorGroup.MembersMax</c> accounts becomes background by itself.
/// </summary>
public sealed class PromptBackground
{
    private const string ShippedResource = "Stillgate.Detection.Background.background.txt";
    private readonly HashSet<ulong> _anchors = [];

    private PromptBackground(IEnumerable<string> prompts, SketchKey key)
    {
        using var sketcher = new ExchangeSketcher(key);
        var content = new SketchContent();
        foreach (var prompt in prompts)
        {
            // A prompt may come as the system prompt or at the head of the user's message.
            Add(sketcher, content, [new ChatMessage("system", prompt), new ChatMessage("user", "")]);
            Add(sketcher, content, [new ChatMessage("user", prompt)]);
            PromptCount++;
        }
    }

    /// <summary>Prompts in it.</summary>
    public int PromptCount { get; }

    /// <summary>Anchors that the operator refuses to have learnt.</summary>
    public IReadOnlySet<ulong> Refused { get; private init; } = new HashSet<ulong>();

    /// <summary>Makes a background of the build's list and an operator's.</summary>
    /// <param name="file">The operator's list (<see cref="BackgroundSet.Load"/>), or null for none.</param>
    /// <param name="key">The key of the sketches that it will be compared with.</param>
    /// <returns>The background.</returns>
    /// <exception cref="LogFormatException">The file cannot be read, or its anchors were made under another key.</exception>
    public static PromptBackground Load(string? file, SketchKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var set = file is null ? new BackgroundSet() : BackgroundSet.Load(file);
        if (set.SketchKey is { } own && own != key.Id)
        {
            throw new LogFormatException($"{file}: sketchKey: the anchors were learnt under {own}, and this analysis runs under {key.Id}");
        }

        var background = new PromptBackground([.. BackgroundSet.PromptsOf(ShippedLines()), .. set.Prompts], key) { Refused = Anchors(set.Refused) };
        background._anchors.UnionWith(Anchors(set.Learnt.Select(entry => entry.Anchor)));
        return background;
    }

    /// <summary>Whether an anchor belongs to a known prompt.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <returns>True where it is to be set aside.</returns>
    public bool Contains(ulong anchor) => _anchors.Contains(anchor);

    private static HashSet<ulong> Anchors(IEnumerable<string> words) =>
        [.. words.Select(word => BackgroundSet.TryParse(word, out var anchor) ? anchor : 0)];

    private static string[] ShippedLines()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ShippedResource)
            ?? throw new InvalidOperationException($"The build lacks the resource {ShippedResource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }

    private void Add(ExchangeSketcher sketcher, SketchContent content, IReadOnlyList<ChatMessage> messages)
    {
        sketcher.Sketch(
            new ExchangeRecord
            {
                Id = "background",
                At = DateTimeOffset.UnixEpoch,
                Account = "background",
                Dialect = Dialects.OpenAiChat,
                Model = "none",
                Status = 200,
                Request = new ExchangeRequest { Messages = messages },
            },
            content);
        _anchors.UnionWith(content.Anchors.AsSpan(0, content.AnchorCount).ToArray());
    }
}
