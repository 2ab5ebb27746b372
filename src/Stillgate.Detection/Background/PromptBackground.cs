using System.Reflection;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Background;

/// <summary>
/// Prompts that are public property: harnesses, frameworks, tutorials. Their anchors are set aside before accounts are compared, so that
/// sharing them links nobody. The build's own list is small and general; an operator adds the harnesses that its customers use.
/// A group that grows past <c>AnchorGroup.MembersMax</c> accounts becomes background by itself.
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

    /// <summary>Makes a background of the build's list and an operator's.</summary>
    /// <param name="file">The operator's prompts, one a line, <c>\n</c> for a line break, <c>#</c> for a comment; or null for none.</param>
    /// <param name="key">The key of the sketches that it will be compared with.</param>
    /// <returns>The background.</returns>
    /// <exception cref="LogFormatException">The file cannot be read.</exception>
    public static PromptBackground Load(string? file, SketchKey key)
    {
        var prompts = new List<string>(Prompts(ShippedLines()));
        if (file is not null)
        {
            try
            {
                prompts.AddRange(Prompts(File.ReadAllLines(file)));
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new LogFormatException($"{file}: cannot be read: {cause.Message}", cause);
            }
        }

        return new PromptBackground(prompts, key);
    }

    /// <summary>Whether an anchor belongs to a known prompt.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <returns>True where it is to be set aside.</returns>
    public bool Contains(ulong anchor) => _anchors.Contains(anchor);

    private static IEnumerable<string> Prompts(IEnumerable<string> lines) =>
        lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal));

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
