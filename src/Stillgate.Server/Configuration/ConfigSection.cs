using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Stillgate.Server.Configuration;

/// <summary>
/// One mapping of the configuration file. It reads settings by name, notes what is wrong instead of stopping at it, and knows in
/// the end which names nobody asked for.
/// </summary>
internal sealed class ConfigSection
{
    private readonly Dictionary<string, YamlNode> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<ConfigProblem> _problems;
    private readonly string _source;
    private readonly string _path;
    private readonly YamlNode _node;

    public ConfigSection(YamlNode node, string source, string path, List<ConfigProblem> problems)
    {
        (_node, _source, _path, _problems) = (node, source, path, problems);
        if (node is not YamlMappingNode mapping)
        {
            Report(node, path, "expected settings, each as 'name: value'");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            _members[((key as YamlScalarNode)?.Value) ?? ""] = value;
        }
    }

    public bool Has(string name) => _members.ContainsKey(name);

    public string? Text(string name) => Read(name) switch
    {
        null => null,
        YamlScalarNode { Value.Length: > 0 } scalar => scalar.Value,
        var other => Wrong<string>(other, name, "expected a value"),
    };

    public string? Choice(string name, params string[] choices) => Text(name) switch
    {
        null => null,
        var text when choices.Contains(text) => text,
        _ => Wrong<string>(_members[name], name, "expected one of " + string.Join(", ", choices)),
    };

    public bool? Flag(string name) => Read(name) switch
    {
        null => null,
        YamlScalarNode { Value: "true" } => true,
        YamlScalarNode { Value: "false" } => false,
        var other => WrongValue<bool>(other, name, "expected true or false"),
    };

    public long? Number(string name, long least, long most) => Read(name) switch
    {
        null => null,
        YamlScalarNode scalar when long.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most => value,
        var other => WrongValue<long>(other, name, string.Create(CultureInfo.InvariantCulture, $"expected a whole number from {least} to {most}")),
    };

    public Uri? Address(string name) => Text(name) is { } text ? ParseAddress(text) ?? Wrong<Uri>(_members[name], name, "expected an address such as http://127.0.0.1:9000") : null;

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Read(name) is not { } node)
        {
            return null;
        }

        if (node is not YamlSequenceNode sequence)
        {
            return Wrong<IReadOnlyList<string>>(node, name, "expected a list");
        }

        var texts = new List<string>();
        foreach (var child in sequence.Children)
        {
            if (child is YamlScalarNode { Value.Length: > 0 } scalar)
            {
                texts.Add(scalar.Value);
            }
            else
            {
                Report(child, Join($"{name}[{texts.Count}]"), "expected a value");
            }
        }

        return texts;
    }

    public ConfigSection? Section(string name) => Read(name) is { } node ? new ConfigSection(node, _source, Join(name), _problems) : null;

    public IReadOnlyList<ConfigSection> Sections(string name)
    {
        if (Read(name) is not { } node)
        {
            return [];
        }

        if (node is not YamlSequenceNode sequence)
        {
            Report(node, Join(name), "expected a list");
            return [];
        }

        return [.. sequence.Children.Select((child, index) => new ConfigSection(child, _source, Join($"{name}[{index}]"), _problems))];
    }

    /// <summary>Notes a problem of a setting that was read but does not make sense with the rest.</summary>
    public void Reject(string name, string message) => Report(_members.GetValueOrDefault(name, _node), name.Length > 0 ? Join(name) : _path, message);

    /// <summary>Notes every setting that nobody asked for: a misspelt name must not be silently without effect.</summary>
    public void RejectUnknown()
    {
        foreach (var (name, value) in _members.Where(member => !_asked.Contains(member.Key)))
        {
            Report(value, Join(name), "unknown setting; known here: " + string.Join(", ", _asked.Order(StringComparer.Ordinal)));
        }
    }

    internal static Uri? ParseAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.UserInfo.Length == 0 ? uri : null;

    private YamlNode? Read(string name)
    {
        _asked.Add(name);
        return _members.GetValueOrDefault(name);
    }

    private T? Wrong<T>(YamlNode node, string name, string message)
        where T : class
    {
        Report(node, Join(name), message);
        return null;
    }

    private T? WrongValue<T>(YamlNode node, string name, string message)
        where T : struct
    {
        Report(node, Join(name), message);
        return null;
    }

    private string Join(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private void Report(YamlNode node, string path, string message) => _problems.Add(new ConfigProblem(_source, node.Start.Line, path, message));
}
