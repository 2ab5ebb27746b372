namespace Stillgate.Policy.Expressions;

/// <summary>The language's equality and order: numbers compare by value across their types, text by code point, everything else only with its like.</summary>
internal static class Equality
{
    public static bool Equal(in ExpressionValue left, in ExpressionValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Kind == right.Kind && left.Kind != ValueKind.Double
                ? left.Bits == right.Bits
                : CompareNumbers(left, right) == 0;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        return left.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Bool or ValueKind.Duration => left.Bits == right.Bits,
            ValueKind.String or ValueKind.Type => string.Equals(left.AsText, right.AsText, StringComparison.Ordinal),
            ValueKind.Bytes => left.AsBytes.AsSpan().SequenceEqual(right.AsBytes),
            ValueKind.Timestamp => left.Bits == right.Bits && left.Nanos == right.Nanos,
            ValueKind.List => ListsEqual(left.AsList, right.AsList),
            ValueKind.Map => MapsEqual(left.AsMap, right.AsMap),
            _ => false,
        };
    }

    /// <summary>The order of two values, or null where they have none.</summary>
    /// <returns>Negative, zero, positive; <see cref="int.MinValue"/> where a NaN makes every comparison false.</returns>
    public static int? Compare(in ExpressionValue left, in ExpressionValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return CompareNumbers(left, right);
        }

        if (left.Kind != right.Kind)
        {
            return null;
        }

        return left.Kind switch
        {
            ValueKind.Bool or ValueKind.Duration => left.Bits.CompareTo(right.Bits),
            ValueKind.String => CompareText(left.AsText, right.AsText),
            ValueKind.Bytes => left.AsBytes.AsSpan().SequenceCompareTo(right.AsBytes),
            ValueKind.Timestamp => left.Bits != right.Bits ? left.Bits.CompareTo(right.Bits) : left.Nanos.CompareTo(right.Nanos),
            _ => null,
        };
    }

    private static int CompareNumbers(in ExpressionValue left, in ExpressionValue right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => left.Bits.CompareTo(right.Bits),
        (ValueKind.UInt, ValueKind.UInt) => left.AsUInt.CompareTo(right.AsUInt),
        (ValueKind.Double, ValueKind.Double) => CompareDoubles(left.AsDouble, right.AsDouble),
        (ValueKind.Int, ValueKind.UInt) => left.Bits < 0 ? -1 : ((ulong)left.Bits).CompareTo(right.AsUInt),
        (ValueKind.UInt, ValueKind.Int) => right.Bits < 0 ? 1 : left.AsUInt.CompareTo((ulong)right.Bits),
        (ValueKind.Double, ValueKind.Int) => CompareWithInt(left.AsDouble, right.Bits),
        (ValueKind.Int, _) => Reverse(CompareWithInt(right.AsDouble, left.Bits)),
        (ValueKind.Double, _) => CompareWithUInt(left.AsDouble, right.AsUInt),
        _ => Reverse(CompareWithUInt(right.AsDouble, left.AsUInt)),
    };

    private static int Reverse(int order) => order == int.MinValue ? order : -order;

    private static int CompareDoubles(double left, double right) =>
        left < right ? -1 : left > right ? 1 : left == right ? 0 : int.MinValue;

    // The reference implementations compare with the double nearest to the integer inside its range; so do we.
    private static int CompareWithInt(double left, long right) =>
        left < -9223372036854775808.0 ? -1 : left > 9223372036854775807.0 ? 1 : CompareDoubles(left, right);

    private static int CompareWithUInt(double left, ulong right) =>
        left < 0 ? -1 : left > 18446744073709551615.0 ? 1 : CompareDoubles(left, right);

    // UTF-16 order differs from code point order only where a surrogate meets a unit above the surrogates.
    private static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] != right[i])
            {
                var leftSurrogate = char.IsSurrogate(left[i]);
                return leftSurrogate == char.IsSurrogate(right[i]) ? left[i].CompareTo(right[i]) : leftSurrogate ? 1 : -1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static bool ListsEqual(ExpressionValue[] left, ExpressionValue[] right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!Equal(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapsEqual(ValueMap left, ValueMap right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (key, value) in left.Entries)
        {
            if (!right.TryGet(key, out var other) || !Equal(value, other))
            {
                return false;
            }
        }

        return true;
    }
}
