using System.Globalization;

namespace Stillgate.Lab.Charts;

/// <summary>One axis of a chart: its title, its range, and where it is labelled.</summary>
/// <param name="Title">What it measures, with the unit.</param>
/// <param name="Min">Value at the origin; above 0 on a logarithmic axis.</param>
/// <param name="Max">Value at the far end.</param>
/// <param name="IsLogarithmic">Whether equal ratios take equal room.</param>
/// <param name="Ticks">Labelled values, ascending.</param>
internal sealed record ChartAxis(string Title, double Min, double Max, bool IsLogarithmic, IReadOnlyList<(double Value, string Text)> Ticks)
{
    /// <summary>A linear axis of shares, labelled in per cent.</summary>
    public static ChartAxis Share(string title, double max = 1)
    {
        var step = max > 0.5 ? 0.2 : max > 0.1 ? 0.05 : max > 0.02 ? 0.01 : 0.005;
        var count = (int)Math.Round(max / step);
        return new ChartAxis(title, 0, max, IsLogarithmic: false, [.. Enumerable.Range(0, count + 1).Select(index => (index * step, Percent(index * step)))]);
    }

    /// <summary>A logarithmic axis labelled at the powers of ten within it.</summary>
    public static ChartAxis Logarithmic(string title, double min, double max, Func<double, string> text)
    {
        var powers = Enumerable.Range((int)Math.Ceiling(Math.Log10(min) - 1e-9), 32).Select(power => Math.Pow(10, power)).TakeWhile(value => value <= max * 1.000001);
        return new ChartAxis(title, min, max, IsLogarithmic: true, [.. powers.Select(value => (value, text(value)))]);
    }

    /// <summary>A share in per cent, as short as it can be said.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    /// <summary>Where a value lies: 0 at the origin, 1 at the far end; values beyond the range lie on its edge.</summary>
    public double At(double value)
    {
        var clamped = Math.Clamp(value, Min, Max);
        return IsLogarithmic ? Math.Log(clamped / Min) / Math.Log(Max / Min) : (clamped - Min) / (Max - Min);
    }
}
