namespace Stillgate.Lab.Charts;

/// <summary>Estimates with their intervals, a row each: a dot with whiskers.</summary>
internal sealed record IntervalChart
{
    private const double Width = 860;
    private const double Left = 190;
    private const double Right = 690;
    private const double Top = 44;
    private const double RowHeight = 22;

    public required string Title { get; init; }

    /// <summary>What the chart shows, in words.</summary>
    public required string Description { get; init; }

    public required ChartAxis X { get; init; }

    public required IReadOnlyList<IntervalRow> Rows { get; init; }

    /// <summary>A level to stay under or to reach, or null.</summary>
    public (double Value, string Text)? Goal { get; init; }

    /// <summary>The chart as SVG.</summary>
    public string Draw()
    {
        var bottom = Top + (Rows.Count * RowHeight) + 8;
        var sheet = new SvgSheet(Width, bottom + 56, Title, Description);
        foreach (var (value, text) in X.Ticks)
        {
            sheet.Line("grid", AtX(value), Top, AtX(value), bottom);
            sheet.Text(AtX(value), bottom + 18, text, "small", "middle");
        }

        sheet.Line("axis", Left, bottom, Right, bottom);
        sheet.Text((Left + Right) / 2, bottom + 42, X.Title, anchor: "middle");
        if (Goal is { } goal)
        {
            sheet.Line("goal", AtX(goal.Value), Top, AtX(goal.Value), bottom);
            sheet.Text(AtX(goal.Value) + 5, Top + 2, goal.Text, "small");
        }

        for (var index = 0; index < Rows.Count; index++)
        {
            DrawRow(sheet, Rows[index], Top + ((index + 0.5) * RowHeight) + 4);
        }

        return sheet.ToString();
    }

    private void DrawRow(SvgSheet sheet, IntervalRow row, double y)
    {
        if (row.Values is not { } values)
        {
            sheet.Text(16, y + 4, row.Label, "head");
            return;
        }

        sheet.Text(Left - 10, y + 4, row.Label, anchor: "end");
        sheet.Line("line c0", AtX(values.Low), y, AtX(values.High), y);
        foreach (var end in (ReadOnlySpan<double>)[values.Low, values.High])
        {
            // A whisker that runs out of the chart has no end there.
            if (end <= X.Max)
            {
                sheet.Line("line c0", AtX(end), y - 4, AtX(end), y + 4);
            }
        }

        sheet.Dot("mark ink", AtX(values.Estimate), y, 4.5);
        sheet.Text(Right + 12, y + 4, row.Note, "small");
    }

    private double AtX(double value) => Left + (X.At(value) * (Right - Left));
}
