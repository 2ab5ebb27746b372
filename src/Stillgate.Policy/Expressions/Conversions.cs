using System.Globalization;
using System.Text;

namespace Stillgate.Policy.Expressions;

/// <summary>The conversion functions and <c>type</c>, over determined values.</summary>
internal static class Conversions
{
    private static readonly ExpressionValue OutOfRange = ExpressionValue.Error("out of range");
    private static readonly ExpressionValue NotConvertible = ExpressionValue.Error("not convertible");
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ExpressionValue ToInt(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Int => value,
        ValueKind.UInt => value.AsUInt <= long.MaxValue ? ExpressionValue.Of((long)value.AsUInt) : OutOfRange,
        ValueKind.Double => value.AsDouble is > -9223372036854775808.0 and < 9223372036854775808.0
            ? ExpressionValue.Of((long)value.AsDouble)
            : OutOfRange,
        ValueKind.String => long.TryParse(value.AsText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
            ? ExpressionValue.Of(parsed)
            : NotConvertible,
        ValueKind.Timestamp => ExpressionValue.Of(value.Bits),
        _ => Operations.NoOverload,
    };

    public static ExpressionValue ToUInt(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.UInt => value,
        ValueKind.Int => value.Bits >= 0 ? ExpressionValue.Of((ulong)value.Bits) : OutOfRange,
        ValueKind.Double => value.AsDouble is > -1.0 and < 18446744073709551616.0 ? ExpressionValue.Of((ulong)value.AsDouble) : OutOfRange,
        ValueKind.String => ulong.TryParse(value.AsText, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? ExpressionValue.Of(parsed)
            : NotConvertible,
        _ => Operations.NoOverload,
    };

    public static ExpressionValue ToDouble(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Double => value,
        ValueKind.Int => ExpressionValue.Of((double)value.Bits),
        ValueKind.UInt => ExpressionValue.Of((double)value.AsUInt),
        ValueKind.String => double.TryParse(value.AsText, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            ? ExpressionValue.Of(parsed)
            : NotConvertible,
        _ => Operations.NoOverload,
    };

    public static ExpressionValue ToText(in ExpressionValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return value;
            case ValueKind.Int or ValueKind.Double or ValueKind.Bool or ValueKind.Timestamp or ValueKind.Duration:
                return ExpressionValue.Of(value.ToString());
            case ValueKind.UInt:
                return ExpressionValue.Of(value.AsUInt.ToString(CultureInfo.InvariantCulture));
            case ValueKind.Bytes:
                try
                {
                    return ExpressionValue.Of(StrictUtf8.GetString(value.AsBytes));
                }
                catch (DecoderFallbackException)
                {
                    return ExpressionValue.Error("the bytes are no UTF-8");
                }

            default:
                return Operations.NoOverload;
        }
    }

    public static ExpressionValue ToBytes(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Bytes => value,
        ValueKind.String => ExpressionValue.Bytes(Encoding.UTF8.GetBytes(value.AsText)),
        _ => Operations.NoOverload,
    };

    public static ExpressionValue ToBool(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Bool => value,
        ValueKind.String => value.AsText switch
        {
            "1" or "t" or "true" or "TRUE" or "True" => ExpressionValue.True,
            "0" or "f" or "false" or "FALSE" or "False" => ExpressionValue.False,
            _ => NotConvertible,
        },
        _ => Operations.NoOverload,
    };

    public static ExpressionValue TypeOf(in ExpressionValue value) => ExpressionValue.TypeNamed(value.Kind switch
    {
        ValueKind.Null => "null_type",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.UInt => "uint",
        ValueKind.Double => "double",
        ValueKind.String => "string",
        ValueKind.Bytes => "bytes",
        ValueKind.List => "list",
        ValueKind.Map => "map",
        ValueKind.Type => "type",
        ValueKind.Timestamp => "google.protobuf.Timestamp",
        _ => "google.protobuf.Duration",
    });

    public static ExpressionValue Size(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.String => ExpressionValue.Of((long)CodePointCount(value.AsText)),
        ValueKind.Bytes => ExpressionValue.Of((long)value.AsBytes.Length),
        ValueKind.List => ExpressionValue.Of((long)value.AsList.Length),
        ValueKind.Map => ExpressionValue.Of((long)value.AsMap.Count),
        _ => Operations.NoOverload,
    };

    private static int CodePointCount(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
