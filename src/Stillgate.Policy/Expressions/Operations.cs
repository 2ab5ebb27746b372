namespace Stillgate.Policy.Expressions;

/// <summary>The arithmetic operators over determined values. Overflow, division by zero and a wrong type are errors, never wrapped results.</summary>
internal static class Operations
{
    public static readonly ExpressionValue NoOverload = ExpressionValue.Error("no such overload");
    public static readonly ExpressionValue TooCostly = ExpressionValue.Error("the evaluation takes more steps than allowed");
    private static readonly ExpressionValue Overflow = ExpressionValue.Error("integer overflow");
    private static readonly ExpressionValue DividedByZero = ExpressionValue.Error("division by zero");

    /// <summary>What a strict operation gives where an operand has no value: undetermined before error, so that a missing fact is never mistaken for a defect.</summary>
    public static ExpressionValue Absorb(in ExpressionValue left, in ExpressionValue right)
    {
        if (left.Kind == ValueKind.Undetermined)
        {
            return right.Kind == ValueKind.Undetermined ? ExpressionValue.Undetermined((ulong)left.Bits | (ulong)right.Bits) : left;
        }

        return right.Kind == ValueKind.Undetermined || left.IsValue ? right : left;
    }

    public static ExpressionValue Negate(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Int => value.Bits == long.MinValue ? Overflow : ExpressionValue.Of(-value.Bits),
        ValueKind.Double => ExpressionValue.Of(-value.AsDouble),
        _ => NoOverload,
    };

    public static ExpressionValue Apply(char symbol, in ExpressionValue left, in ExpressionValue right, ref Frame frame)
    {
        if (left.Kind == right.Kind)
        {
            switch (left.Kind)
            {
                case ValueKind.Int:
                    return Int(symbol, left.Bits, right.Bits);
                case ValueKind.UInt:
                    return UInt(symbol, left.AsUInt, right.AsUInt);
                case ValueKind.Double:
                    return Double(symbol, left.AsDouble, right.AsDouble);
                case ValueKind.String or ValueKind.Bytes or ValueKind.List when symbol == '+':
                    return Joined(left, right, ref frame);
            }
        }

        return TimeFunctions.Apply(symbol, left, right);
    }

    private static ExpressionValue Joined(in ExpressionValue left, in ExpressionValue right, ref Frame frame)
    {
        var size = left.Kind switch
        {
            ValueKind.String => left.AsText.Length + right.AsText.Length,
            ValueKind.Bytes => left.AsBytes.Length + right.AsBytes.Length,
            _ => left.AsList.Length + right.AsList.Length,
        };
        if (!frame.TrySpend(size))
        {
            return TooCostly;
        }

        return left.Kind switch
        {
            ValueKind.String => ExpressionValue.Of(left.AsText + right.AsText),
            ValueKind.Bytes => ExpressionValue.Bytes([.. left.AsBytes, .. right.AsBytes]),
            _ => ExpressionValue.List([.. left.AsList, .. right.AsList]),
        };
    }

    private static ExpressionValue Int(char symbol, long left, long right)
    {
        Int128 wide;
        switch (symbol)
        {
            case '+':
                wide = (Int128)left + right;
                break;
            case '-':
                wide = (Int128)left - right;
                break;
            case '*':
                wide = (Int128)left * right;
                break;
            default:
                if (right == 0)
                {
                    return DividedByZero;
                }

                wide = symbol == '/' ? (Int128)left / right : (Int128)left % right;
                break;
        }

        return wide < long.MinValue || wide > long.MaxValue ? Overflow : ExpressionValue.Of((long)wide);
    }

    private static ExpressionValue UInt(char symbol, ulong left, ulong right)
    {
        switch (symbol)
        {
            case '+':
                return left > ulong.MaxValue - right ? Overflow : ExpressionValue.Of(left + right);
            case '-':
                return left < right ? Overflow : ExpressionValue.Of(left - right);
            case '*':
                var product = (UInt128)left * right;
                return product > ulong.MaxValue ? Overflow : ExpressionValue.Of((ulong)product);
            default:
                return right == 0 ? DividedByZero : ExpressionValue.Of(symbol == '/' ? left / right : left % right);
        }
    }

    private static ExpressionValue Double(char symbol, double left, double right) => symbol switch
    {
        '+' => ExpressionValue.Of(left + right),
        '-' => ExpressionValue.Of(left - right),
        '*' => ExpressionValue.Of(left * right),
        '/' => ExpressionValue.Of(left / right),
        _ => NoOverload,
    };
}
