namespace Stillgate.Lab.Simulation;

/// <summary>How activity is spread over the hours of a day, in the account's own time zone.</summary>
internal sealed class DayRhythm
{
    private readonly double[] _hours;
    private readonly double _weekend;

    private DayRhythm(double[] hours, double weekend)
    {
        var mean = hours.Average();
        _hours = [.. hours.Select(hour => hour / mean)];
        _weekend = weekend;
    }

    /// <summary>People at a keyboard: nights are quiet.</summary>
    public static DayRhythm Human { get; } = new(
        [.3, .2, .12, .1, .1, .15, .3, .6, .9, 1.2, 1.4, 1.5, 1.3, 1.4, 1.5, 1.5, 1.4, 1.3, 1.2, 1.3, 1.4, 1.3, .9, .6], weekend: 0.6);

    /// <summary>Services with users: hourly shares of 2.8 % to 6.1 %, the spread of the published per-client pools.</summary>
    public static DayRhythm Service { get; } = new(
        [.78, .72, .68, .67, .68, .72, .8, .9, 1, 1.1, 1.2, 1.3, 1.25, 1.25, 1.4, 1.45, 1.4, 1.3, 1.2, 1.2, 1.15, 1.1, 1, .88], weekend: 0.85);

    /// <summary>Machines without users.</summary>
    public static DayRhythm Flat { get; } = new([.. Enumerable.Repeat(1.0, 24)], weekend: 1);

    /// <summary>Relative activity at a time; 1 is the mean of a working day.</summary>
    public double At(DateTimeOffset time, int zoneHours)
    {
        var local = time.AddHours(zoneHours);
        var weight = _hours[local.Hour];
        return local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? weight * _weekend : weight;
    }

    /// <summary>A time in [from, to) with density proportional to the rhythm.</summary>
    public DateTimeOffset Draw(DateTimeOffset from, DateTimeOffset to, int zoneHours, Chance chance)
    {
        var length = (to - from).TotalSeconds;
        for (var tries = 0; tries < 64; tries++)
        {
            var time = from.AddSeconds(chance.Unit() * length);
            if (chance.Unit() * 1.8 < At(time, zoneHours))
            {
                return time;
            }
        }

        return from.AddSeconds(chance.Unit() * length);
    }
}
