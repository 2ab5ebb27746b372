using System.Globalization;
using System.Text;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Measures the matcher on the reporting sources and writes the result as Markdown.</summary>
public static class ScreeningFigures
{
    /// <summary>Measures and returns the Markdown of the sections on quality.</summary>
    /// <param name="data">The folder of the development data.</param>
    /// <param name="tuning">Whether to measure on the tuning sources instead, which flatters and is for development only.</param>
    /// <param name="plot">Where to write precision against recall by script as SVG; null for nowhere.</param>
    /// <param name="handPairs">A file of pairs written by hand, <c>left,right,schema,same,set</c>, for a table of their own; null for none.</param>
    public static string Quality(string data, bool tuning, string? plot, string? handPairs)
    {
        var samples = tuning ? PairCorpus.Tuning(data) : PairCorpus.Report(data);
        var judged = samples.Select(sample => (Sample: sample, NameMatcher.Compare(sample.Left, sample.Right, sample.Schema).Score)).ToArray();
        if (plot is not null)
        {
            File.WriteAllText(plot, ScreeningPlot.Svg(judged, ScriptOf));
        }

        var text = new StringBuilder();
        if (handPairs is not null)
        {
            var written = HandPairs.Read(handPairs).Select(sample => (Sample: sample, NameMatcher.Compare(sample.Left, sample.Right, sample.Schema).Score)).ToArray();
            Table(text, "Pairs that were written by hand", written, pair => pair.Sample.Source + ", " + (pair.Sample.Schema == EntitySchema.Person ? "Person" : "other schemas"));
        }

        Table(text, "By schema", judged, pair => pair.Sample.Schema.ToString());
        Table(text, "By source", judged, pair => pair.Sample.Source + ", " + pair.Sample.Schema);
        Table(text, "By script of the second name", judged, pair => ScriptOf(pair.Sample));
        Kinds(text, judged);
        return text.ToString();
    }

    /// <summary>The pairs that are judged wrongly, for development: kind, score and both names, tab-separated.</summary>
    /// <param name="data">The folder of the development data.</param>
    /// <param name="tuning">Whether to take the tuning sources.</param>
    public static IEnumerable<string> Errors(string data, bool tuning)
    {
        foreach (var sample in tuning ? PairCorpus.Tuning(data) : PairCorpus.Report(data))
        {
            var result = NameMatcher.Compare(sample.Left, sample.Right, sample.Schema);
            if (result.IsMatch != sample.IsSame)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{sample.Schema}\t{(sample.IsSame ? "missed" : "false")}\t{sample.Kind}\t{result.Score:0.00}\t{sample.Left}\t{sample.Right}\t{result.Explanation}");
            }
        }
    }

    private static void Table(StringBuilder text, string title, (PairSample Sample, double Score)[] judged, Func<(PairSample Sample, double Score), string> group)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {title}\n\n| | pairs | of one party | precision | recall | F1 | 95 % interval |\n|---|---|---|---|---|---|---|\n");
        Row(text, "all", judged);
        foreach (var part in judged.GroupBy(group, StringComparer.Ordinal).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            Row(text, part.Key, [.. part]);
        }

        text.Append('\n');
    }

    private static void Row(StringBuilder text, string name, (PairSample Sample, double Score)[] judged)
    {
        var quality = Calibration.Quality.Of(judged);
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {quality.Pairs} | {quality.Positives} | {quality.Precision:0.000} | {quality.Recall:0.000} | {quality.F1:0.000} | {quality.F1Low:0.000}-{quality.F1High:0.000} |\n");
    }

    private static void Kinds(StringBuilder text, (PairSample Sample, double Score)[] judged)
    {
        text.Append("### By kind of pair\n\n| schema | kind | label | pairs | judged rightly |\n|---|---|---|---|---|\n");
        var parts = judged.GroupBy(pair => (pair.Sample.Schema, pair.Sample.Kind, pair.Sample.IsSame))
            .OrderBy(part => part.Key.Schema).ThenByDescending(part => part.Key.IsSame).ThenBy(part => part.Key.Kind, StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var right = part.Count(pair => pair.Score >= NameMatcher.Threshold == pair.Sample.IsSame) / (double)part.Count();
            text.Append(CultureInfo.InvariantCulture, $"| {part.Key.Schema} | {part.Key.Kind} | {(part.Key.IsSame ? "same" : "different")} | {part.Count()} | {right:0.000} |\n");
        }

        text.Append('\n');
    }

    private static string ScriptOf(PairSample sample)
    {
        var scripts = new[] { sample.Left, sample.Right }
            .Select(name => name.EnumerateRunes().Where(System.Text.Rune.IsLetter).Select(rune => Scripts.Of(rune.Value)).FirstOrDefault())
            .Where(script => script != Script.Latin)
            .ToArray();
        return scripts.Length == 0 ? "Latin on both sides" : scripts[0].ToString();
    }
}
