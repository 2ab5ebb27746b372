namespace Stillgate.Lab.Simulation;

/// <summary>
/// How a program's requests arrive. Ten-minute windows that are on or off, a rate that follows the day, and a burst factor
/// inside a window: the shape of the published per-client traces (median CV of a window 1.0 to 1.4, p90 4 to 5.5).
/// </summary>
internal sealed record ArrivalShape
{
    private const double WindowSeconds = 600;

    /// <summary>Requests on a mean day.</summary>
    public required double PerDay { get; init; }

    /// <summary>Coefficient of variation of the gaps inside a window; below 1 the requests are evenly paced and never off.</summary>
    public double Cv { get; init; } = 1.2;

    /// <summary>Share of windows in which the client is active.</summary>
    public double OnShare { get; init; } = 0.5;

    public DayRhythm Rhythm { get; init; } = DayRhythm.Service;

    public int ZoneHours { get; init; }

    /// <summary>Arrival times in order, from <paramref name="from"/> until <paramref name="to"/>.</summary>
    public IEnumerable<DateTimeOffset> Draw(DateTimeOffset from, DateTimeOffset to, Chance chance) =>
        Cv < 1 ? DrawEven(from, to, chance) : DrawBursts(from, to, chance);

    private IEnumerable<DateTimeOffset> DrawEven(DateTimeOffset from, DateTimeOffset to, Chance chance)
    {
        var gap = 86_400 / PerDay;
        for (var at = from.AddSeconds(gap * chance.Unit()); at < to; at = at.AddSeconds(gap * Math.Max(0.05, 1 + (Cv * chance.Normal()))))
        {
            yield return at;
        }
    }

    private IEnumerable<DateTimeOffset> DrawBursts(DateTimeOffset from, DateTimeOffset to, Chance chance)
    {
        var mean = PerDay / (86_400 / WindowSeconds) / OnShare;
        var on = chance.Hit(OnShare);
        var times = new List<double>();
        for (var window = from; window < to; window = window.AddSeconds(WindowSeconds))
        {
            // A run of on-windows lasts six on average; the off-runs follow from the share.
            on = on ? !chance.Hit((1 - OnShare) / 6) : chance.Hit(OnShare / 6);
            if (!on)
            {
                continue;
            }

            DrawWindow(times, mean * Rhythm.At(window, ZoneHours), chance);
            foreach (var second in times)
            {
                var at = window.AddSeconds(second);
                if (at < to)
                {
                    yield return at;
                }
            }
        }
    }

    private void DrawWindow(List<double> times, double mean, Chance chance)
    {
        times.Clear();
        var spread = (Cv * Cv) - 1;
        var count = chance.Poisson(mean * (spread > 0.05 ? Math.Min(20, chance.Gamma(1 / spread, spread)) : 1));
        var length = WindowSeconds / Math.Max(1, Cv);
        var start = chance.Unit() * (WindowSeconds - length);
        for (var index = 0; index < count; index++)
        {
            times.Add(start + (chance.Unit() * length));
        }

        times.Sort();
    }
}
