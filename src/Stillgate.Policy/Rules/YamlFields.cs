using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Stillgate.Policy.Rules;

/// <summary>
/// Reads the fields of one YAML mapping and notes everything that is wrong with them: missing, unknown, of the wrong kind.
/// A wrong field gives a harmless value, so that reading goes on and all mistakes come out at once.
/// </summary>
internal sealed class YamlFields
{
    private readonly YamlMappingNode? _node;
    private readonly string _file;
    private readonly string _path;
    private readonly List<PolicyProblem> _problems;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public YamlFields(YamlNode node, string file, string path, List<PolicyProblem> problems)
    {
        _file = file;
        _path = path;
        _problems = problems;
        _node = node as YamlMappingNode;
        Line = (int)node.Start.Line;
        if (_node is null)
        {
            Wrong(node, string.Empty, "expected a mapping of fields");
        }
    }

    public int Line { get; }

    public bool Has(string name) => Find(name) is not null;

    public int LineOf(string name) => Find(name) is { } node ? (int)node.Start.Line : Line;

    public string Text(string name, string fallback)
    {
        switch (Find(name))
        {
            case null:
                return fallback;
            case YamlScalarNode { Value: { } value }:
                return value;
            case var node:
                Wrong(node, name, "expected text");
                return fallback;
        }
    }

    public string Required(string name, string expected)
    {
        var text = Text(name, string.Empty);
        if (string.IsNullOrWhiteSpace(text))
        {
            Wrong(_node, name, $"is missing; expected {expected}");
        }

        return text;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode { Value: not null }):
                return [.. list.Children.Select(item => ((YamlScalarNode)item).Value!)];
            case YamlScalarNode { Value: { } single }:
                return [single];
            case var node:
                Wrong(node, name, "expected a list of texts");
                return [];
        }
    }

    public IEnumerable<YamlFields> Mappings(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return [.. list.Children.Select((item, i) => new YamlFields(item, _file, $"{At(name)}[{i + 1}]", _problems))];
            case YamlMappingNode single:
                return [new YamlFields(single, _file, At(name), _problems)];
            case var node:
                Wrong(node, name, "expected a list of mappings");
                return [];
        }
    }

    /// <summary>The fields of a mapping whose keys are names of the author's.</summary>
    public IEnumerable<(string Key, YamlNode Value)> Entries(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlMappingNode mapping:
                return [.. mapping.Children.Select(entry => (((YamlScalarNode)entry.Key).Value ?? string.Empty, entry.Value))];
            case var node:
                Wrong(node, name, "expected a mapping");
                return [];
        }
    }

    public YamlFields Of(string key, YamlNode node) => new(node, _file, At(key), _problems);

    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, T fallback, bool isRequired = true)
    {
        var text = isRequired ? Required(name, "one of " + string.Join(", ", choices.Keys)) : Text(name, string.Empty);
        if (text.Length == 0 || choices.TryGetValue(text, out var chosen))
        {
            return text.Length == 0 ? fallback : choices[text];
        }

        Wrong(Find(name), name, $"'{text}' is none of {string.Join(", ", choices.Keys)}");
        return fallback;
    }

    public DateTimeOffset? Time(string name)
    {
        var text = Text(name, string.Empty);
        if (text.Length == 0)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        Wrong(Find(name), name, $"'{text}' is no date or time; expected one such as 2026-11-10 or 2026-11-10T09:00:00Z");
        return null;
    }

    public void Wrong(string name, string message) => Wrong(Find(name), name, message);

    /// <summary>Notes every field that nothing has asked for.</summary>
    public void NoOthers()
    {
        foreach (var key in _node?.Children.Keys.OfType<YamlScalarNode>() ?? [])
        {
            if (!_read.Contains(key.Value!))
            {
                Wrong(key, key.Value!, $"is no known field; expected {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private YamlNode? Find(string name)
    {
        _read.Add(name);
        return _node is not null && _node.Children.TryGetValue(new YamlScalarNode(name), out var found)
            && found is not YamlScalarNode { Value: null or "" or "null" or "~", Style: YamlDotNet.Core.ScalarStyle.Plain }
            ? found
            : null;
    }

    private string At(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : _path + "." + name;

    private void Wrong(YamlNode? node, string name, string message) =>
        _problems.Add(new PolicyProblem(_file, (int)(node?.Start.Line ?? Line), At(name), message));
}
