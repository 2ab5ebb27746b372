using System.Globalization;
using System.Xml.Linq;

namespace Stillgate.Lab.Charts;

/// <summary>
/// The drawing surface of a chart: an SVG that follows the reader's light or dark setting, names itself to a screen reader, and gives
/// the same bytes for the same drawing. No package here draws static SVG, and a chart needs four shapes.
/// </summary>
internal sealed class SvgSheet
{
    /// <summary>Colours for further lines; each also has a dash pattern, so that no line is told by colour alone.</summary>
    public const int ColourCount = 8;

    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #1f2328; }
        .small { font-size: 12px; fill: #57606a; }
        .head { font-size: 15px; font-weight: 600; }
        .page { fill: #ffffff; }
        .grid { stroke: #d8dee4; stroke-width: 1; }
        .axis { stroke: #6e7781; stroke-width: 1; }
        .line { fill: none; stroke-width: 1.8; }
        .main { fill: none; stroke: #1f2328; stroke-width: 3.2; }
        .mark { stroke: none; }
        .ink { fill: #1f2328; }
        .goal { stroke: #c44e00; stroke-width: 1.5; stroke-dasharray: 6 4; }
        .c0 { stroke: #0062a3; fill: #0062a3; } .c1 { stroke: #b34700; fill: #b34700; }
        .c2 { stroke: #00704f; fill: #00704f; } .c3 { stroke: #9c3573; fill: #9c3573; }
        .c4 { stroke: #7d5800; fill: #7d5800; } .c5 { stroke: #006378; fill: #006378; }
        .c6 { stroke: #5f6670; fill: #5f6670; } .c7 { stroke: #6f42a8; fill: #6f42a8; }
        .line.c0, .line.c1, .line.c2, .line.c3, .line.c4, .line.c5, .line.c6, .line.c7 { fill: none; }
        .d1 { stroke-dasharray: 9 3; } .d2 { stroke-dasharray: 4 3; } .d3 { stroke-dasharray: 1.5 3; } .d4 { stroke-dasharray: 12 3 2 3; }
        .d5 { stroke-dasharray: 6 2 2 2 2 2; } .d6 { stroke-dasharray: 2 5; } .d7 { stroke-dasharray: 14 5; }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; } .small { fill: #9aa4af; } .page { fill: #0d1117; } .grid { stroke: #2b323b; } .axis { stroke: #8b949e; }
        .main { stroke: #f0f6fc; } .ink { fill: #f0f6fc; } .goal { stroke: #ff9a5c; }
        .c0 { stroke: #62b0f0; fill: #62b0f0; } .c1 { stroke: #ff9a5c; fill: #ff9a5c; }
        .c2 { stroke: #46cfa0; fill: #46cfa0; } .c3 { stroke: #f090c8; fill: #f090c8; }
        .c4 { stroke: #e3b341; fill: #e3b341; } .c5 { stroke: #56cbe0; fill: #56cbe0; }
        .c6 { stroke: #b1bac4; fill: #b1bac4; } .c7 { stroke: #c4a1f5; fill: #c4a1f5; }
        }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly XElement _root;

    /// <param name="width">Units, which a browser shows as pixels.</param>
    /// <param name="height">Units.</param>
    /// <param name="title">The chart's name.</param>
    /// <param name="description">What it shows, in words, for those who do not see it.</param>
    public SvgSheet(double width, double height, string title, string description)
    {
        _root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", "title desc"),
            new XElement(Svg + "title", new XAttribute("id", "title"), title),
            new XElement(Svg + "desc", new XAttribute("id", "desc"), description),
            new XElement(Svg + "style", Style),
            new XElement(Svg + "rect", new XAttribute("class", "page"), new XAttribute("width", Number(width)), new XAttribute("height", Number(height))));
        Text(16, 24, title, "head");
    }

    public void Line(string style, double x1, double y1, double x2, double y2) =>
        Add("line", style, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    public void Dot(string style, double x, double y, double radius) => Add("circle", style, ("cx", x), ("cy", y), ("r", radius));

    public void Path(string style, IEnumerable<(double X, double Y)> points) => _root.Add(new XElement(
        Svg + "polyline",
        new XAttribute("class", style),
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}")))));

    public void Text(double x, double y, string text, string style = "", string anchor = "start", bool isUpright = false)
    {
        var element = new XElement(Svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("text-anchor", anchor), text);
        if (style.Length > 0)
        {
            element.SetAttributeValue("class", style);
        }

        if (isUpright)
        {
            element.SetAttributeValue("transform", $"rotate(-90 {Number(x)} {Number(y)})");
        }

        _root.Add(element);
    }

    /// <summary>The whole drawing.</summary>
    public override string ToString() => _root.ToString() + "\n";

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private void Add(string name, string style, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        var element = new XElement(Svg + name, new XAttribute("class", style));
        foreach (var (attribute, value) in attributes)
        {
            element.Add(new XAttribute(attribute, Number(value)));
        }

        _root.Add(element);
    }
}
