using Stillgate.Parties.Registry;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Facts;

/// <summary>Facts of one span of days while they are gathered, each with its source.</summary>
internal sealed class FactCollector
{
    public Dictionary<string, ExpressionValue> Facts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FactSource> Sources { get; } = new(StringComparer.Ordinal);

    public void Add(string name, ExpressionValue value, FactSource source)
    {
        Facts[name] = value;
        Sources[name] = source;
    }

    public void Add(string name, StatedValue? stated)
    {
        if (stated is not null)
        {
            Add(name, ExpressionValue.Of(stated.One), SourceOf(stated));
        }
    }

    public void AddFlag(string name, StatedValue? stated)
    {
        if (stated is not null)
        {
            Add(name, ExpressionValue.Of(stated.One == "true"), SourceOf(stated));
        }
    }

    public void AddTime(string name, StatedValue? stated)
    {
        if (stated is not null && StatementField.Time(stated.One) is { } time)
        {
            Add(name, ExpressionValue.Of(time), SourceOf(stated));
        }
    }

    public void AddPairs(string name, StatedValue? stated)
    {
        if (stated is null)
        {
            return;
        }

        var map = new ValueMap(stated.Values.Count);
        foreach (var pair in stated.Values)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            map.TryAdd(ExpressionValue.Of(pair[..at]), ExpressionValue.Of(pair[(at + 1)..]));
        }

        Add(name, ExpressionValue.Map(map), SourceOf(stated));
    }

    public void Remove(string name)
    {
        Facts.Remove(name);
        Sources.Remove(name);
    }

    public string? TextOf(string name) =>
        Facts.TryGetValue(name, out var value) && value.Kind == ValueKind.String ? value.AsText : null;

    private static FactSource SourceOf(StatedValue stated) => new(stated.Statement.Source, stated.Statement.ValidFrom);
}
