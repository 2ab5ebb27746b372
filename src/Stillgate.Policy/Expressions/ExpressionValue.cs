using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Stillgate.Policy.Expressions;

/// <summary>
/// A value of the rule language, or the reason why there is none. 24 bytes, immutable, no allocation for anything but text,
/// bytes, lists and maps.
/// </summary>
[SuppressMessage("Usage", "CA2231", Justification = "Equality here is identity of the representation; the language's own equality is Equality.Equal.")]
[SuppressMessage("Performance", "CA1815", Justification = "Values are compared by the language's rules, never by the runtime's.")]
public readonly struct ExpressionValue
{
    private ExpressionValue(ValueKind kind, long bits, object? reference = null, int nanos = 0)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
        Nanos = nanos;
    }

    /// <summary>What this holds.</summary>
    public ValueKind Kind { get; }

    /// <summary><c>null</c>.</summary>
    public static ExpressionValue Null { get; } = new(ValueKind.Null, 0);

    /// <summary><c>true</c>.</summary>
    public static ExpressionValue True { get; } = new(ValueKind.Bool, 1);

    /// <summary><c>false</c>.</summary>
    public static ExpressionValue False { get; } = new(ValueKind.Bool, 0);

    internal object? Reference { get; }

    internal long Bits { get; }

    internal int Nanos { get; }

    internal bool IsTrue => Kind == ValueKind.Bool && Bits != 0;

    internal bool IsFalse => Kind == ValueKind.Bool && Bits == 0;

    /// <summary>Whether this is a value at all: neither undetermined nor an error.</summary>
    internal bool IsValue => Kind > ValueKind.Error;

    internal bool IsNumber => Kind is ValueKind.Int or ValueKind.UInt or ValueKind.Double;

    internal double AsDouble => BitConverter.Int64BitsToDouble(Bits);

    internal ulong AsUInt => unchecked((ulong)Bits);

    internal string AsText => (string)Reference!;

    internal ExpressionValue[] AsList => (ExpressionValue[])Reference!;

    internal ValueMap AsMap => (ValueMap)Reference!;

    internal byte[] AsBytes => (byte[])Reference!;

    /// <summary>A truth value.</summary>
    public static ExpressionValue Of(bool value) => value ? True : False;

    /// <summary>A signed integer.</summary>
    public static ExpressionValue Of(long value) => new(ValueKind.Int, value);

    /// <summary>An unsigned integer.</summary>
    public static ExpressionValue Of(ulong value) => new(ValueKind.UInt, unchecked((long)value));

    /// <summary>A double.</summary>
    public static ExpressionValue Of(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Text.</summary>
    public static ExpressionValue Of(string value) => new(ValueKind.String, 0, value);

    /// <summary>A list of text.</summary>
    public static ExpressionValue Of(IEnumerable<string> values) => List([.. values.Select(Of)]);

    /// <summary>A point in time.</summary>
    public static ExpressionValue Of(DateTimeOffset value)
    {
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? Timestamp(seconds - 1, (int)((rest + TimeSpan.TicksPerSecond) * 100))
            : Timestamp(seconds, (int)(rest * 100));
    }

    internal static ExpressionValue Bytes(byte[] value) => new(ValueKind.Bytes, 0, value);

    internal static ExpressionValue List(ExpressionValue[] items) => new(ValueKind.List, 0, items);

    internal static ExpressionValue Map(ValueMap map) => new(ValueKind.Map, 0, map);

    internal static ExpressionValue TypeNamed(string name) => new(ValueKind.Type, 0, name);

    internal static ExpressionValue Timestamp(long seconds, int nanos) => new(ValueKind.Timestamp, seconds, null, nanos);

    internal static ExpressionValue Duration(long nanoseconds) => new(ValueKind.Duration, nanoseconds);

    internal static ExpressionValue Error(string why) => new(ValueKind.Error, 0, why);

    /// <summary>A result that hangs on facts that are not known. Bit n of <paramref name="facts"/> stands for the fact in slot n.</summary>
    internal static ExpressionValue Undetermined(ulong facts) => new(ValueKind.Undetermined, unchecked((long)facts));

    /// <summary>The value as the language writes it; for explanations and tests.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Undetermined => "undetermined",
        ValueKind.Error => "error: " + AsText,
        ValueKind.Null => "null",
        ValueKind.Bool => Bits != 0 ? "true" : "false",
        ValueKind.Int => Bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt => AsUInt.ToString(CultureInfo.InvariantCulture) + "u",
        ValueKind.Double => AsDouble.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.String => "'" + AsText + "'",
        ValueKind.Bytes => "b'" + Convert.ToHexString(AsBytes) + "'",
        ValueKind.List => "[" + string.Join(", ", AsList) + "]",
        ValueKind.Map => "{" + string.Join(", ", AsMap.Entries.Select(entry => $"{entry.Key}: {entry.Value}")) + "}",
        ValueKind.Type => AsText,
        ValueKind.Timestamp => TimeFunctions.Format(this),
        _ => TimeFunctions.FormatDuration(Bits),
    };
}
