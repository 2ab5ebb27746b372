using System.Diagnostics.CodeAnalysis;

namespace Stillgate.Policy.Expressions;

/// <summary>The type of an expression, as the checker deduces it. Printed as in the specification's tests: <c>map(string, dyn)</c>.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the language's own type names.")]
public sealed record ExpressionType
{
    private ExpressionType(string name, ExpressionType? first = null, ExpressionType? second = null)
    {
        Name = name;
        First = first;
        Second = second;
    }

    /// <summary>Any type; checked when it is evaluated.</summary>
    public static ExpressionType Dyn { get; } = new("dyn");

    /// <summary><c>null</c>.</summary>
    public static ExpressionType Null { get; } = new("null");

    /// <summary><c>bool</c>.</summary>
    public static ExpressionType Bool { get; } = new("bool");

    /// <summary><c>int</c>.</summary>
    public static ExpressionType Int { get; } = new("int");

    /// <summary><c>uint</c>.</summary>
    public static ExpressionType UInt { get; } = new("uint");

    /// <summary><c>double</c>.</summary>
    public static ExpressionType Double { get; } = new("double");

    /// <summary><c>string</c>.</summary>
    public static ExpressionType String { get; } = new("string");

    /// <summary><c>bytes</c>.</summary>
    public static ExpressionType Bytes { get; } = new("bytes");

    /// <summary><c>timestamp</c>.</summary>
    public static ExpressionType Timestamp { get; } = new("timestamp");

    /// <summary><c>duration</c>.</summary>
    public static ExpressionType Duration { get; } = new("duration");

    /// <summary>The element type of an empty list or map, until something fixes it.</summary>
    internal static ExpressionType Free { get; } = new("free");

    /// <summary>The type <c>type</c> without a parameter.</summary>
    internal static ExpressionType TypeOfTypes { get; } = new("type");

    internal string Name { get; }

    internal ExpressionType? First { get; }

    internal ExpressionType? Second { get; }

    internal bool IsDynamic => Name is "dyn" or "free";

    internal bool IsNumber => Name is "int" or "uint" or "double";

    /// <summary>A list of the element type.</summary>
    public static ExpressionType List(ExpressionType element) => new("list", element);

    /// <summary>A map from key type to value type.</summary>
    public static ExpressionType Map(ExpressionType key, ExpressionType value) => new("map", key, value);

    /// <inheritdoc/>
    public override string ToString() => Name switch
    {
        "free" => "dyn",
        "type" when First is null => "type",
        _ => Second is not null ? $"{Name}({First}, {Second})" : First is not null ? $"{Name}({First})" : Name,
    };

    internal static ExpressionType TypeOf(ExpressionType inner) => new("type", inner);

    /// <summary>Whether a value of one may stand where the other is wanted.</summary>
    internal bool Fits(ExpressionType other)
    {
        if (IsDynamic || other.IsDynamic)
        {
            return true;
        }

        if (Name != other.Name)
        {
            return (Name == "null" && other.Name is "timestamp" or "duration") || (other.Name == "null" && Name is "timestamp" or "duration");
        }

        return Name == "type" || ((First is null || First.Fits(other.First!)) && (Second is null || Second.Fits(other.Second!)));
    }

    /// <summary>The type of a place that may hold either.</summary>
    internal ExpressionType Join(ExpressionType other)
    {
        if (Name == "free" || this == other)
        {
            return other;
        }

        if (other.Name == "free")
        {
            return this;
        }

        return Name == other.Name && First is not null && other.First is not null && Name != "type"
            ? new ExpressionType(Name, First.Join(other.First), Second?.Join(other.Second!))
            : Dyn;
    }
}
