using System.Text.RegularExpressions;

namespace Stillgate.Policy.Expressions;

internal sealed partial class Compiler
{
    private delegate ExpressionValue Unary(in ExpressionValue value);

    private delegate ExpressionValue Binary(in ExpressionValue left, in ExpressionValue right, ref Frame frame);

    private Evaluator CompileOperator(Node.Operator op)
    {
        if (op.Right is null)
        {
            return Strict(Compile(op.Left), op.Symbol == "!"
                ? (in value) => value.Kind == ValueKind.Bool ? ExpressionValue.Of(value.Bits == 0) : Operations.NoOverload
                : Operations.Negate);
        }

        Binary apply = op.Symbol switch
        {
            "==" => (in left, in right, ref _) => ExpressionValue.Of(Equality.Equal(left, right)),
            "!=" => (in left, in right, ref _) => ExpressionValue.Of(!Equality.Equal(left, right)),
            "<" => (in left, in right, ref _) => Ordered(Equality.Compare(left, right), order => order < 0),
            "<=" => (in left, in right, ref _) => Ordered(Equality.Compare(left, right), order => order <= 0),
            ">" => (in left, in right, ref _) => Ordered(Equality.Compare(left, right), order => order > 0),
            ">=" => (in left, in right, ref _) => Ordered(Equality.Compare(left, right), order => order >= 0),
            "in" => (in left, in right, ref _) => Containers.Contains(left, right),
            _ => ArithmeticOf(op.Symbol[0]),
        };
        return Strict(Compile(op.Left), Compile(op.Right), apply);
    }

    private static Binary ArithmeticOf(char symbol) => (in left, in right, ref frame) => Operations.Apply(symbol, left, right, ref frame);

    private static ExpressionValue Ordered(int? order, Func<int, bool> holds) => order switch
    {
        null => Operations.NoOverload,
        int.MinValue => ExpressionValue.False,
        _ => ExpressionValue.Of(holds(order.Value)),
    };

    private static Evaluator Strict(Evaluator operand, Unary apply) => (ref frame) =>
    {
        var value = operand(ref frame);
        return value.IsValue ? apply(value) : value;
    };

    private static Evaluator Strict(Evaluator left, Evaluator right, Binary apply) => (ref frame) =>
    {
        var first = left(ref frame);
        var second = right(ref frame);
        return first.IsValue && second.IsValue ? apply(first, second, ref frame) : Operations.Absorb(first, second);
    };

    private Evaluator CompileCall(Node.Call call)
    {
        Evaluator[] arguments = [.. call.Target is null ? [] : new[] { Compile(call.Target) }, .. call.Arguments.Select(Compile)];
        return (call.Target is null, call.Function, arguments.Length) switch
        {
            (_, "size", 1) => Strict(arguments[0], Conversions.Size),
            (true, "dyn", 1) => arguments[0],
            (true, _, 1) when ConversionNamed(call.Function) is { } conversion => Strict(arguments[0], conversion),
            (_, "matches", 2) => CompileMatches(arguments, call.Arguments[^1]),
            (false, _, 2) when TextTestNamed(call.Function) is { } test => Strict(arguments[0], arguments[1], test),
            (false, var name, 1) when TimeFunctions.IsPart(name) =>
                Strict(arguments[0], (in value) => TimeFunctions.Part(name, value, ExpressionValue.Null)),
            (false, var name, 2) when TimeFunctions.IsPart(name) =>
                Strict(arguments[0], arguments[1], (in value, in zone, ref _) => TimeFunctions.Part(name, value, zone)),
            _ => Constant(ExpressionValue.Error($"no such overload: '{call.Function}'")),
        };
    }

    private static Unary? ConversionNamed(string name) => name switch
    {
        "int" => Conversions.ToInt,
        "uint" => Conversions.ToUInt,
        "double" => Conversions.ToDouble,
        "string" => Conversions.ToText,
        "bytes" => Conversions.ToBytes,
        "bool" => Conversions.ToBool,
        "type" => Conversions.TypeOf,
        "timestamp" => TimeFunctions.ToTimestamp,
        "duration" => TimeFunctions.ToDuration,
        _ => null,
    };

    private static Binary? TextTestNamed(string name) => name switch
    {
        "contains" => TextTest((text, part) => text.Contains(part, StringComparison.Ordinal)),
        "startsWith" => TextTest((text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        "endsWith" => TextTest((text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        _ => null,
    };

    private static Binary TextTest(Func<string, string, bool> test) => (in text, in part, ref _) =>
        text.Kind == ValueKind.String && part.Kind == ValueKind.String ? ExpressionValue.Of(test(text.AsText, part.AsText)) : Operations.NoOverload;

    // The engine without backtracking runs in time linear in the text, as RE2 does. A pattern that is a literal is built once.
    private static Evaluator CompileMatches(Evaluator[] arguments, Node pattern)
    {
        if (pattern is not Node.Literal { Value.Kind: ValueKind.String } literal)
        {
            return Constant(ExpressionValue.Error("the pattern of matches() must be a literal"));
        }

        var regex = PatternOf(literal);
        return Strict(arguments[0], (in text) =>
            text.Kind == ValueKind.String ? ExpressionValue.Of(regex.IsMatch(text.AsText)) : Operations.NoOverload);
    }

    private static Regex PatternOf(Node.Literal literal)
    {
        var text = literal.Value.AsText;
        if (text.Length > ExpressionLimits.PatternLengthMax)
        {
            throw new ExpressionException(literal.Offset, $"a pattern has at most {ExpressionLimits.PatternLengthMax} characters");
        }

        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new ExpressionException(literal.Offset, "the pattern is no regular expression of the kind that runs in linear time");
        }
    }
}
