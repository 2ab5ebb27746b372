using System.Buffers;
using System.Globalization;

namespace Stillgate.Policy.Expressions;

/// <summary>Timestamps (years 1 to 9999, nanoseconds) and durations (64-bit nanoseconds, about 292 years either way).</summary>
internal static partial class TimeFunctions
{
    private const long NanosPerSecond = 1_000_000_000;
    private const long SecondsMin = -62_135_596_800;
    private const long SecondsMax = 253_402_300_799;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly ExpressionValue OutOfRange = ExpressionValue.Error("time out of range");

    private static readonly (string Unit, decimal Nanos)[] Units =
    [
        ("ns", 1m), ("us", 1_000m), ("µs", 1_000m), ("ms", 1_000_000m), ("s", 1_000_000_000m), ("m", 60_000_000_000m), ("h", 3_600_000_000_000m),
    ];

    public static ExpressionValue ToTimestamp(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Timestamp => value,
        ValueKind.Int => Make(value.Bits, 0),
        ValueKind.String => Parse(value.AsText),
        _ => Operations.NoOverload,
    };

    public static ExpressionValue ToDuration(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Duration => value,
        ValueKind.String => ParseDuration(value.AsText),
        _ => Operations.NoOverload,
    };

    public static ExpressionValue Apply(char symbol, in ExpressionValue left, in ExpressionValue right) => (symbol, left.Kind, right.Kind) switch
    {
        ('+', ValueKind.Timestamp, ValueKind.Duration) => Shift(left, right.Bits),
        ('+', ValueKind.Duration, ValueKind.Timestamp) => Shift(right, left.Bits),
        ('-', ValueKind.Timestamp, ValueKind.Duration) => Shift(left, -(Int128)right.Bits),
        ('+', ValueKind.Duration, ValueKind.Duration) => MakeDuration((Int128)left.Bits + right.Bits),
        ('-', ValueKind.Duration, ValueKind.Duration) => MakeDuration((Int128)left.Bits - right.Bits),
        ('-', ValueKind.Timestamp, ValueKind.Timestamp) => MakeDuration(NanosOf(left) - NanosOf(right)),
        _ => Operations.NoOverload,
    };

    public static string Format(in ExpressionValue time)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(time.Bits).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return second + Fraction(time.Nanos) + "Z";
    }

    public static string FormatDuration(long nanos)
    {
        var magnitude = UInt128.CreateChecked(Int128.Abs(nanos));
        var seconds = (ulong)(magnitude / NanosPerSecond);
        return (nanos < 0 ? "-" : string.Empty) + seconds.ToString(CultureInfo.InvariantCulture) + Fraction((int)(magnitude % NanosPerSecond)) + "s";
    }

    private static string Fraction(int nanos) =>
        nanos == 0 ? string.Empty : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    private static Int128 NanosOf(in ExpressionValue time) => ((Int128)time.Bits * NanosPerSecond) + time.Nanos;

    private static ExpressionValue Shift(in ExpressionValue time, Int128 nanos)
    {
        var total = NanosOf(time) + nanos;
        var seconds = (long)Int128.DivRem(total, NanosPerSecond).Quotient;
        var rest = (int)(total - ((Int128)seconds * NanosPerSecond));
        return rest < 0 ? Make(seconds - 1, rest + (int)NanosPerSecond) : Make(seconds, rest);
    }

    private static ExpressionValue Make(long seconds, int nanos) =>
        seconds is < SecondsMin or > SecondsMax ? OutOfRange : ExpressionValue.Timestamp(seconds, nanos);

    private static ExpressionValue MakeDuration(Int128 nanos) =>
        nanos < long.MinValue || nanos > long.MaxValue ? OutOfRange : ExpressionValue.Duration((long)nanos);

    // DateTimeOffset keeps 100 ns; the language keeps 1 ns, so the fraction is read apart.
    private static ExpressionValue Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var nanos = 0;
        if (dot > 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            var digits = text[(dot + 1)..end];
            if (digits.Length is 0 or > 9)
            {
                return ExpressionValue.Error("no RFC 3339 time");
            }

            nanos = int.Parse(digits.PadRight(9, '0'), CultureInfo.InvariantCulture);
            text = text[..dot] + text[end..];
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd't'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && (text.EndsWith('Z') || text.EndsWith('z') || text.Length > 19)
            ? Make(time.ToUnixTimeSeconds(), nanos)
            : ExpressionValue.Error("no RFC 3339 time within the years 1 to 9999");
    }

    private static ExpressionValue ParseDuration(string text)
    {
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        rest = isNegative || rest.StartsWith("+") ? rest[1..] : rest;
        if (rest is "0")
        {
            return ExpressionValue.Duration(0);
        }

        var total = 0m;
        var isEmpty = true;
        while (rest.Length > 0)
        {
            var length = rest.IndexOfAnyExcept(NumberCharacters);
            if (length is <= 0 or > 20 || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return ExpressionValue.Error("no duration");
            }

            rest = rest[length..];
            var unitLength = rest.IndexOfAny(NumberCharacters);
            var unit = (unitLength < 0 ? rest : rest[..unitLength]).ToString();
            var nanos = Units.FirstOrDefault(known => known.Unit == unit).Nanos;
            if (nanos == 0 || number > 1e15m)
            {
                return nanos == 0 ? ExpressionValue.Error("no duration") : OutOfRange;
            }

            total += number * nanos;
            rest = rest[unit.Length..];
            isEmpty = false;
        }

        return isEmpty ? ExpressionValue.Error("no duration") : MakeDuration(Int128.CreateTruncating(isNegative ? -total : total));
    }
}
