using System.IO.Compression;
using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>
/// Loads the development sources (<c>traffic/dev/SOURCE.jsonl.gz</c>). What a source stands for is in its name and kind; a source
/// left out is never opened, so that tuning cannot see what figures are reported on.
/// </summary>
internal static class DevelopmentTexts
{
    private const int SmallPool = 400;

    public static void AddTo(TextLibrary library, string folder, SimulationOptions options)
    {
        var files = Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal).ToDictionary(file => Path.GetFileName(file)[..^".jsonl.gz".Length]);
        foreach (var name in options.Sources.Concat(options.ExcludedSources))
        {
            if (!files.ContainsKey(name))
            {
                throw new SimulationException($"{name}: no such source; there are {string.Join(", ", files.Keys)}");
            }
        }

        foreach (var (source, file) in files)
        {
            if ((options.Sources.Count == 0 || options.Sources.Contains(source)) && !options.ExcludedSources.Contains(source))
            {
                AddSource(library, source, Read(file));
            }
        }
    }

    private static void AddSource(TextLibrary library, string source, IReadOnlyList<SourceLine> lines)
    {
        if (DevelopmentRoles.AppKind(source) is { } appKind)
        {
            AddApps(library, source, appKind, lines);
            return;
        }

        if (DevelopmentRoles.RoleOf(source, lines[0].Kind) is not { } role)
        {
            return;
        }

        foreach (var group in lines.GroupBy(line => line.Language))
        {
            var prompts = group.Select(line => line.Prompt).ToArray();
            // A handful of records in a language would give every person of that language the same few words.
            if (BuiltInTexts.All.Any(texts => texts.Language == group.Key) && prompts.Length >= (role == TextRole.Chat ? SmallPool : 60))
            {
                library.Add(role, PromptPool.Of(source, group.Key, prompts));
            }
        }
    }

    private static void AddApps(TextLibrary library, string source, string kind, IReadOnlyList<SourceLine> lines)
    {
        foreach (var app in lines.GroupBy(line => (line.Language, line.App)))
        {
            if (BuiltInTexts.All.All(texts => texts.Language != app.Key.Language))
            {
                continue;
            }

            var system = app.First().Prompt.Messages is [{ Role: "system" } first, ..] ? first.Content : null;
            var prompts = app.Select(line => system is null ? line.Prompt : line.Prompt with { Messages = [.. line.Prompt.Messages.Where(message => message.Role != "system")] });
            library.Add(new AppMaterial(kind, system, DevelopmentRoles.IsBatch(source), PromptPool.Of(source, app.Key.Language, [.. prompts.Where(prompt => prompt.Messages.Count > 0)])));
        }
    }

    private static List<SourceLine> Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var lines = new List<SourceLine>();
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var messages = root.GetProperty("messages").EnumerateArray()
                .Select(message => new ChatMessage(message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!))
                .ToArray();
            var app = root.GetProperty("meta").TryGetProperty("app", out var name) ? name.ToString() : "";
            if (messages.Length > 0)
            {
                lines.Add(new SourceLine(root.GetProperty("kind").GetString()!, root.GetProperty("lang").GetString()!, app, new Prompt(messages, root.GetProperty("completion").GetString())));
            }
        }

        return lines;
    }

    private sealed record SourceLine(string Kind, string Language, string App, Prompt Prompt);
}
