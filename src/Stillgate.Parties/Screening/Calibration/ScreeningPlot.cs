using System.Globalization;
using System.Text;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Precision against recall over all thresholds, a line a script, as an SVG that reads in light and in dark and has its numbers as text.</summary>
internal static class ScreeningPlot
{
    private const int Width = 720;
    private const int Height = 460;
    private const int Left = 70;
    private const int Top = 30;
    private const int PlotWidth = 440;
    private const int PlotHeight = 360;
    private const double Least = 0.5;
    private const int PairsMin = 100;

    // Distinct in hue and in dash, so that a reader who sees no colours tells them apart too.
    private static readonly string[] Dashes = ["", "8 4", "2 3", "10 3 2 3", "5 5", "1 5"];

    /// <summary>The SVG.</summary>
    /// <param name="judged">Pairs with their scores.</param>
    /// <param name="scriptOf">The script that a pair counts under; scripts of fewer than 100 pairs are left out.</param>
    public static string Svg(IReadOnlyList<(PairSample Sample, double Score)> judged, Func<PairSample, string> scriptOf)
    {
        var parts = judged.GroupBy(pair => scriptOf(pair.Sample), StringComparer.Ordinal).Where(part => part.Count() >= PairsMin)
            .OrderByDescending(part => part.Count()).Take(Dashes.Length).Select(part => (Name: part.Key, Curve: Curve([.. part]), AtThreshold: Quality.Of([.. part]))).ToArray();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"title description\">\n");
        text.Append("<title id=\"title\">Screening: precision against recall by script</title>\n<desc id=\"description\">At the threshold of 0.5: ");
        text.AppendJoin("; ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name}, precision {part.AtThreshold.Precision:0.000}, recall {part.AtThreshold.Recall:0.000}, {part.AtThreshold.Pairs} pairs")));
        text.Append(".</desc>\n").Append(Style());
        text.Append(CultureInfo.InvariantCulture, $"<rect class=\"paper\" width=\"{Width}\" height=\"{Height}\"/>\n");
        Axes(text);
        for (var at = 0; at < parts.Length; at++)
        {
            Line(text, at, parts[at].Name, parts[at].Curve, parts[at].AtThreshold);
        }

        return text.Append("</svg>\n").ToString();
    }

    /// <summary>Recall and precision at every score that a pair has, the surest first. Pairs of one score count together.</summary>
    internal static IReadOnlyList<(double Recall, double Precision)> Curve(IReadOnlyList<(PairSample Sample, double Score)> judged)
    {
        var positives = judged.Count(pair => pair.Sample.IsSame);
        var points = new List<(double, double)>();
        var (right, all) = (0, 0);
        foreach (var tie in judged.GroupBy(pair => pair.Score).OrderByDescending(tie => tie.Key))
        {
            right += tie.Count(pair => pair.Sample.IsSame);
            all += tie.Count();
            points.Add((right / (double)Math.Max(1, positives), right / (double)all));
        }

        return points;
    }

    private static string Style() => """
        <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328; }
        .paper { fill: #ffffff; } .grid { stroke: #d1d9e0; stroke-width: 1; }
        path { fill: none; stroke-width: 2; } circle { stroke-width: 2; }
        .c0 { stroke: #0969da; } .c1 { stroke: #bc4c00; } .c2 { stroke: #1a7f37; } .c3 { stroke: #8250df; } .c4 { stroke: #bf3989; } .c5 { stroke: #59636e; }
        circle { fill: #ffffff; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; } .paper, circle { fill: #0d1117; } .grid { stroke: #3d444d; }
          .c0 { stroke: #4493f8; } .c1 { stroke: #f0883e; } .c2 { stroke: #3fb950; } .c3 { stroke: #ab7df8; } .c4 { stroke: #f778ba; } .c5 { stroke: #9198a1; }
        }
        </style>

        """;

    private static void Axes(StringBuilder text)
    {
        for (var tick = 0; tick <= 5; tick++)
        {
            var value = Least + (tick * 0.1);
            text.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + PlotWidth}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0.0}</text>\n");
            text.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(value):0.#}\" x2=\"{X(value):0.#}\" y1=\"{Top}\" y2=\"{Top + PlotHeight}\"/><text x=\"{X(value):0.#}\" y=\"{Top + PlotHeight + 18}\" text-anchor=\"middle\">{value:0.0}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + (PlotWidth / 2)}\" y=\"{Height - 22}\" text-anchor=\"middle\">recall</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(22 {Top + (PlotHeight / 2)}) rotate(-90)\" text-anchor=\"middle\">precision</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + PlotWidth + 16}\" y=\"{Top + PlotHeight - 6}\">circle: threshold 0.5</text>\n");
    }

    private static void Line(StringBuilder text, int at, string name, IReadOnlyList<(double Recall, double Precision)> curve, Quality quality)
    {
        var visible = curve.Where(point => point.Recall >= Least && point.Precision >= Least).ToArray();
        var step = Math.Max(1, visible.Length / 300);
        var path = string.Join(' ', visible.Where((_, index) => index % step == 0 || index == visible.Length - 1).Select((point, index) =>
            string.Create(CultureInfo.InvariantCulture, $"{(index == 0 ? 'M' : 'L')}{X(point.Recall):0.#} {Y(point.Precision):0.#}")));
        var dash = Dashes[at].Length == 0 ? "" : $" stroke-dasharray=\"{Dashes[at]}\"";
        var row = Top + 14 + (at * 24);
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"c{at}\"{dash} d=\"{path}\"/>\n<circle class=\"c{at}\" r=\"5\" cx=\"{X(Math.Max(Least, quality.Recall)):0.#}\" cy=\"{Y(Math.Max(Least, quality.Precision)):0.#}\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"c{at}\"{dash} d=\"M{Left + PlotWidth + 16} {row - 4} h34\"/><text x=\"{Left + PlotWidth + 58}\" y=\"{row}\">{name}</text>\n");
    }

    private static double X(double recall) => Left + ((recall - Least) / (1 - Least) * PlotWidth);

    private static double Y(double precision) => Top + ((1 - precision) / (1 - Least) * PlotHeight);
}
