using System.Xml.Linq;
using Stillgate.Parties.Screening;
using Stillgate.Parties.Screening.Calibration;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

public sealed class ScreeningPlotTests
{
    [Fact]
    public void Curve_TiesAndOrder_AreCountedTogether()
    {
        var curve = ScreeningPlot.Curve([(Sample(true), 0.9), (Sample(false), 0.5), (Sample(true), 0.5), (Sample(true), 0.2)]);

        Assert.Equal([(1 / 3.0, 1.0), (2 / 3.0, 2 / 3.0), (1.0, 0.75)], curve);
    }

    [Fact]
    public void Svg_TwoScripts_IsWellFormedWithItsNumbersAsText()
    {
        (PairSample, double)[] judged = [.. Enumerable.Range(0, 300).Select(i => (Sample(i % 3 != 0), i % 7 == 0 ? 0.4 : i % 3 == 0 ? 0.3 : 0.8))];

        var svg = XDocument.Parse(ScreeningPlot.Svg(judged, _ => "Latin on both sides"));

        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Contains("Latin on both sides, precision 1.000", svg.Root!.Element(ns + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", svg.Root.Element(ns + "style")!.Value, StringComparison.Ordinal);
        Assert.Equal(2, svg.Root.Elements(ns + "path").Count());
    }

    private static PairSample Sample(bool isSame) => new("a", "b", EntitySchema.Person, isSame, "alias", "test", "e");
}
