using System.Xml.Linq;
using Stillgate.Lab.Charts;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Axis_LinearAndLogarithmic_PlaceValuesAndClampBeyondTheEnds()
    {
        var share = ChartAxis.Share("s");
        var logarithmic = ChartAxis.Logarithmic("n", 0.01, 1, ChartAxis.Percent);

        Assert.Equal((0.25, 1.0, 0.0), (share.At(0.25), share.At(3), share.At(-1)));
        Assert.Equal(0.5, logarithmic.At(0.1), 9);
        Assert.Equal(0, logarithmic.At(0));
        Assert.Equal(["1 %", "10 %", "100 %"], logarithmic.Ticks.Select(tick => tick.Text));
    }

    [Fact]
    public void Draw_LineChart_IsNamedEscapedAndPlacesItsPoints()
    {
        var chart = new LineChart
        {
            Title = "A <b> & \"c\"",
            Description = "Words for those who do not see it.",
            X = ChartAxis.Share("x"),
            Y = ChartAxis.Share("y"),
            Lines = [new ChartLine("main", [(0, 0), (1, 1)]) { IsMain = true, HasMarkers = true }, new ChartLine("other", [(0, 1), (1, 0)])],
        };

        var root = XDocument.Parse(chart.Draw()).Root!;

        Assert.Equal("A <b> & \"c\"", root.Element(Svg + "title")!.Value);
        Assert.Equal("Words for those who do not see it.", root.Element(Svg + "desc")!.Value);
        Assert.Contains("prefers-color-scheme: dark", root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
        var main = root.Elements(Svg + "polyline").Last(line => (string?)line.Attribute("class") == "main");
        Assert.Equal("72,380 610,44", (string?)main.Attribute("points"));
        Assert.Equal(2, root.Elements(Svg + "circle").Count());
    }

    [Fact]
    public void Draw_StepLine_KeepsItsHeightUntilTheNextPoint()
    {
        var chart = new LineChart { Title = "t", Description = "d", X = ChartAxis.Share("x"), Y = ChartAxis.Share("y"), Lines = [new ChartLine("l", [(0, 0), (0.5, 1), (1, 1)]) { IsStep = true, IsMain = true }] };

        var points = (string?)XDocument.Parse(chart.Draw()).Root!.Elements(Svg + "polyline").Last().Attribute("points");

        Assert.Equal("72,380 341,380 341,44 610,44 610,44", points);
    }

    [Fact]
    public void Draw_IntervalChart_ClipsAWhiskerWithoutAnEnd()
    {
        var chart = new IntervalChart
        {
            Title = "t",
            Description = "d",
            X = ChartAxis.Share("x", 0.2),
            Rows = [new IntervalRow("heading", null, ""), new IntervalRow("within", (0, 0.1, 0.2), "1 of 10"), new IntervalRow("beyond", (0, 0, 0.7), "0 of 2")],
        };

        var root = XDocument.Parse(chart.Draw()).Root!;

        Assert.Equal(2, root.Elements(Svg + "circle").Count());
        Assert.Equal(2 + 3, root.Elements(Svg + "line").Count(line => (string?)line.Attribute("class") == "line c0"));
    }
}
