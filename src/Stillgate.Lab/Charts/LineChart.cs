namespace Stillgate.Lab.Charts;

/// <summary>Lines over two axes, with a legend on the right.</summary>
internal sealed record LineChart
{
    private const double Width = 860;
    private const double Height = 440;
    private const double Left = 72;
    private const double Right = 610;
    private const double Top = 44;
    private const double Bottom = 380;

    public required string Title { get; init; }

    /// <summary>What the chart shows, in words.</summary>
    public required string Description { get; init; }

    public required ChartAxis X { get; init; }

    public required ChartAxis Y { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>A level to reach, drawn across, or null.</summary>
    public (double Value, string Text)? Goal { get; init; }

    /// <summary>The chart as SVG.</summary>
    public string Draw()
    {
        var sheet = new SvgSheet(Width, Height, Title, Description);
        DrawAxes(sheet);
        if (Goal is { } goal)
        {
            sheet.Line("goal", Left, AtY(goal.Value), Right, AtY(goal.Value));
            sheet.Text(Right - 4, AtY(goal.Value) - 5, goal.Text, "small", "end");
        }

        // The main line is drawn last, so that no other hides it.
        for (var index = 0; index < Lines.Count; index++)
        {
            DrawLegend(sheet, index);
            if (!Lines[index].IsMain)
            {
                DrawLine(sheet, index);
            }
        }

        for (var index = 0; index < Lines.Count; index++)
        {
            if (Lines[index].IsMain)
            {
                DrawLine(sheet, index);
            }
        }

        return sheet.ToString();
    }

    private void DrawAxes(SvgSheet sheet)
    {
        foreach (var (value, text) in X.Ticks)
        {
            sheet.Line("grid", AtX(value), Top, AtX(value), Bottom);
            sheet.Text(AtX(value), Bottom + 18, text, "small", "middle");
        }

        foreach (var (value, text) in Y.Ticks)
        {
            sheet.Line("grid", Left, AtY(value), Right, AtY(value));
            sheet.Text(Left - 8, AtY(value) + 4, text, "small", "end");
        }

        sheet.Line("axis", Left, Bottom, Right, Bottom);
        sheet.Line("axis", Left, Top, Left, Bottom);
        sheet.Text((Left + Right) / 2, Bottom + 42, X.Title, anchor: "middle");
        sheet.Text(20, (Top + Bottom) / 2, Y.Title, anchor: "middle", isUpright: true);
    }

    private void DrawLine(SvgSheet sheet, int index)
    {
        var line = Lines[index];
        var points = line.Points.Select(point => (X: AtX(point.X), Y: AtY(point.Y))).ToArray();
        sheet.Path(LineStyle(index), line.IsStep ? Steps(points) : points);
        if (line.HasMarkers)
        {
            foreach (var (x, y) in points)
            {
                sheet.Dot(MarkStyle(index), x, y, line.IsMain ? 4.5 : 3.5);
            }
        }
    }

    private void DrawLegend(SvgSheet sheet, int index)
    {
        var y = Top + 10 + (index * 24);
        sheet.Path(LineStyle(index), [(Right + 16, y), (Right + 52, y)]);
        sheet.Text(Right + 60, y + 4, Lines[index].Name);
    }

    private static IEnumerable<(double X, double Y)> Steps((double X, double Y)[] points)
    {
        for (var index = 0; index < points.Length; index++)
        {
            if (index > 0)
            {
                yield return (points[index].X, points[index - 1].Y);
            }

            yield return points[index];
        }
    }

    private string LineStyle(int index) => Lines[index].IsMain ? "main" : $"line c{Colour(index)} d{Colour(index)}";

    private string MarkStyle(int index) => Lines[index].IsMain ? "mark ink" : $"mark c{Colour(index)}";

    private int Colour(int index) => Lines.Take(index).Count(line => !line.IsMain) % SvgSheet.ColourCount;

    private double AtX(double value) => Left + (X.At(value) * (Right - Left));

    private double AtY(double value) => Bottom - (Y.At(value) * (Bottom - Top));
}
