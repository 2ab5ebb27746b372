namespace Stillgate.Lab.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Stands in the legend.</param>
/// <param name="Points">In the order of x.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Whether this is the line that the chart is about: drawn in ink, and thicker.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether the line keeps its height until the next point, as an empirical distribution does.</summary>
    public bool IsStep { get; init; }

    /// <summary>Whether each point is marked: where the points were measured and what lies between was not.</summary>
    public bool HasMarkers { get; init; }
}
