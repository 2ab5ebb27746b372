using static Stillgate.Policy.Expressions.ExpressionType;

namespace Stillgate.Policy.Expressions;

/// <summary>The signatures of the standard functions and operators whose types do not depend on element types.</summary>
internal static class Overloads
{
    private static readonly Dictionary<string, (ExpressionType[] Parameters, ExpressionType Result)[]> Functions = new(StringComparer.Ordinal)
    {
        ["int"] = Conversions(Int, Int, UInt, ExpressionType.Double, ExpressionType.String, Timestamp),
        ["uint"] = Conversions(UInt, Int, UInt, ExpressionType.Double, ExpressionType.String),
        ["double"] = Conversions(ExpressionType.Double, Int, UInt, ExpressionType.Double, ExpressionType.String),
        ["string"] = Conversions(ExpressionType.String, Int, UInt, ExpressionType.Double, ExpressionType.String, Bytes, Bool, Timestamp, Duration),
        ["bytes"] = Conversions(Bytes, ExpressionType.String, Bytes),
        ["bool"] = Conversions(Bool, ExpressionType.String, Bool),
        ["timestamp"] = Conversions(Timestamp, ExpressionType.String, Int, Timestamp),
        ["duration"] = Conversions(Duration, ExpressionType.String, Duration),
        ["matches"] = [([ExpressionType.String, ExpressionType.String], Bool)],
        [".matches"] = TextTest,
        [".contains"] = TextTest,
        [".startsWith"] = TextTest,
        [".endsWith"] = TextTest,
        [".getDate"] = DatePart,
        [".getDayOfMonth"] = DatePart,
        [".getDayOfWeek"] = DatePart,
        [".getDayOfYear"] = DatePart,
        [".getFullYear"] = DatePart,
        [".getMonth"] = DatePart,
        [".getHours"] = ClockPart,
        [".getMinutes"] = ClockPart,
        [".getSeconds"] = ClockPart,
        [".getMilliseconds"] = ClockPart,
        ["!"] = [([Bool], Bool)],
        ["unary -"] = [([Int], Int), ([ExpressionType.Double], ExpressionType.Double)],
        ["-"] = [.. Arithmetic, ([Timestamp, Timestamp], Duration), ([Timestamp, Duration], Timestamp), ([Duration, Duration], Duration)],
        ["*"] = Arithmetic,
        ["/"] = Arithmetic,
        ["%"] = [([Int, Int], Int), ([UInt, UInt], UInt)],
        ["+"] =
        [
            .. Arithmetic, ([ExpressionType.String, ExpressionType.String], ExpressionType.String), ([Bytes, Bytes], Bytes),
            ([Timestamp, Duration], Timestamp), ([Duration, Timestamp], Timestamp), ([Duration, Duration], Duration),
        ],
    };

    private static (ExpressionType[], ExpressionType)[] TextTest => [([ExpressionType.String, ExpressionType.String], Bool)];

    private static (ExpressionType[], ExpressionType)[] DatePart => [([Timestamp], Int), ([Timestamp, ExpressionType.String], Int)];

    private static (ExpressionType[], ExpressionType)[] ClockPart => [.. DatePart, ([Duration], Int)];

    private static (ExpressionType[] Parameters, ExpressionType Result)[] Arithmetic => [([Int, Int], Int), ([UInt, UInt], UInt), ([ExpressionType.Double, ExpressionType.Double], ExpressionType.Double)];

    public static bool Knows(string name) => Functions.ContainsKey(name) || name is "size" or ".size" or "type" or "dyn";

    /// <returns>The result type; <see cref="Dyn"/> where several overloads remain possible; null where none fits.</returns>
    public static ExpressionType? Resolve(string name, params ExpressionType[] arguments)
    {
        ExpressionType? found = null;
        foreach (var (parameters, result) in Functions.GetValueOrDefault(name, []))
        {
            if (parameters.Length == arguments.Length && parameters.Zip(arguments).All(pair => pair.First.Fits(pair.Second)))
            {
                found = found is null || found == result ? result : Dyn;
            }
        }

        return found;
    }

    private static (ExpressionType[], ExpressionType)[] Conversions(ExpressionType result, params ExpressionType[] from) =>
        [.. from.Select(parameter => (new[] { parameter }, result))];
}
