using System.Globalization;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>How much each ring was served before its accounts were flagged.</summary>
internal static class TimeSection
{
    public static void Write(MarkdownPage page, ChartFiles charts, IReadOnlyList<RingOutcome> rings)
    {
        page.Heading(2, "Time to detection");
        page.Paragraph($"An exchange counts as served before the flag when its account had not been flagged yet; an account that never is counts with all it was served. {rings.Count(ring => ring.Flagged.Hits == 0):N0} of {rings.Count:N0} rings had no account flagged at all.");
        if (rings.Count == 0)
        {
            return;
        }

        var shares = Cumulative(rings.Select(ring => ring.ServedShare), rings.Count);
        var byShare = new LineChart
        {
            Title = "Share of a ring's exchanges served before the flag",
            Description = $"Cumulative over {rings.Count} rings. {Within(rings, 0.05)} of the rings were served at most 5 % of their exchanges before the flag, {Within(rings, 0.2)} at most 20 %, {Within(rings, 0.5)} at most half.",
            X = ChartAxis.Share("share of the ring's exchanges served before the flag"),
            Y = ChartAxis.Share("share of rings"),
            Lines = [new ChartLine("all rings", shares) { IsMain = true, IsStep = true }],
        };
        page.Image(charts.Add("time", byShare.Draw()), byShare.Description);

        var found = rings.Where(ring => ring.Flagged.Hits > 0).Select(ring => (double)ring.ServedBefore).Order().ToArray();
        var byCount = new LineChart
        {
            Title = "Exchanges served to a ring before the flag",
            Description = found.Length == 0
                ? "No ring had an account flagged."
                : string.Create(CultureInfo.InvariantCulture, $"Cumulative over {rings.Count} rings, those never flagged never arriving. The median flagged ring was served {found[found.Length / 2]:N0} exchanges before the flag, the quickest {found[0]:N0}, the slowest {found[^1]:N0}."),
            X = ChartAxis.Logarithmic("exchanges served before the flag", 10, 100_000, value => value.ToString("N0", CultureInfo.InvariantCulture)),
            Y = ChartAxis.Share("share of rings"),
            Lines = [new ChartLine("all rings", [(10, 0), .. Cumulative(found, rings.Count).Skip(1)]) { IsMain = true, IsStep = true }],
        };
        page.Image(charts.Add("exchanges", byCount.Draw()), byCount.Description);
    }

    private static string Within(IReadOnlyList<RingOutcome> rings, double share) =>
        ChartAxis.Percent(Math.Round(rings.Count(ring => ring.Flagged.Hits > 0 && ring.ServedShare <= share) / (double)rings.Count, 2));

    private static List<(double X, double Y)> Cumulative(IEnumerable<double> values, int count)
    {
        List<(double X, double Y)> points = [(0, 0)];
        points.AddRange(values.Order().Select((value, index) => (value, (index + 1.0) / count)));
        return points;
    }
}
