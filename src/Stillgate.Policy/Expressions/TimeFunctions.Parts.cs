using System.Globalization;

namespace Stillgate.Policy.Expressions;

internal static partial class TimeFunctions
{
    public static bool IsPart(string name) => name.StartsWith("get", StringComparison.Ordinal);

    /// <summary><c>getHours()</c> and its like, on a timestamp (in UTC, or in the zone given) or on a duration (the whole of it in that unit).</summary>
    public static ExpressionValue Part(string name, in ExpressionValue value, in ExpressionValue zone)
    {
        if (value.Kind == ValueKind.Duration)
        {
            return PartOfDuration(name, value.Bits);
        }

        if (value.Kind != ValueKind.Timestamp || zone.Kind is not (ValueKind.String or ValueKind.Null))
        {
            return Operations.NoOverload;
        }

        var offset = TimeSpan.Zero;
        if (zone.Kind == ValueKind.String && !TryOffset(zone.AsText, value, out offset))
        {
            return ExpressionValue.Error("no such time zone");
        }

        // The year 1 west of Greenwich and the year 9999 east of it leave the calendar: an error, as any other range.
        var ticks = DateTimeOffset.FromUnixTimeSeconds(value.Bits).UtcTicks + offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return OutOfRange;
        }

        var local = new DateTime(ticks, DateTimeKind.Unspecified);
        long? part = name switch
        {
            "getFullYear" => local.Year,
            "getMonth" => local.Month - 1,
            "getDate" => local.Day,
            "getDayOfMonth" => local.Day - 1,
            "getDayOfWeek" => (int)local.DayOfWeek,
            "getDayOfYear" => local.DayOfYear - 1,
            "getHours" => local.Hour,
            "getMinutes" => local.Minute,
            "getSeconds" => local.Second,
            "getMilliseconds" => value.Nanos / 1_000_000,
            _ => null,
        };
        return part is { } found ? ExpressionValue.Of(found) : Operations.NoOverload;
    }

    private static ExpressionValue PartOfDuration(string name, long nanos) => name switch
    {
        "getHours" => ExpressionValue.Of(nanos / (3600 * NanosPerSecond)),
        "getMinutes" => ExpressionValue.Of(nanos / (60 * NanosPerSecond)),
        "getSeconds" => ExpressionValue.Of(nanos / NanosPerSecond),
        "getMilliseconds" => ExpressionValue.Of(nanos / 1_000_000 % 1_000),
        _ => Operations.NoOverload,
    };

    private static bool TryOffset(string zone, in ExpressionValue time, out TimeSpan offset)
    {
        var digits = zone.AsSpan().TrimStart("+-");
        if (TimeSpan.TryParseExact(digits, "hh\\:mm", CultureInfo.InvariantCulture, out offset))
        {
            offset = zone.StartsWith('-') ? -offset : offset;
            return true;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            return false;
        }

        offset = found.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(time.Bits));
        return true;
    }
}
