using System.Globalization;
using System.Text;

namespace Stillgate.Server.Hosting;

/// <summary>The live analysis for machines: Prometheus' text format, and the note on <c>/readyz</c>. No label holds what a client named.</summary>
internal sealed class AnalysisMetrics(LiveAnalysis analysis)
{
    /// <summary>How far the analysis is, in words.</summary>
    public string Note() => analysis.WarmUp is { } warmUp
        ? string.Create(CultureInfo.InvariantCulture, $"reading the stored log, {100 * warmUp.Share:F0} %")
        : "live";

    public string ToPrometheusText()
    {
        var text = new StringBuilder(1024);
        var warmUp = analysis.WarmUp;
        Add(text, "stillgate_analysis_exchanges_total", "counter", "Exchanges analysed, those of the stored log among them.", analysis.AnalysedCount);
        Add(text, "stillgate_analysis_warm_up_share", "gauge", "Share of the stored log that has been read.", warmUp?.Share ?? 1);
        Add(text, "stillgate_analysis_held", "gauge", "Exchanges that wait until the stored log is read.", warmUp?.HeldCount ?? 0);
        Add(text, "stillgate_analysis_unreadable_total", "counter", "Records that could not be read.", analysis.UnreadableCount);
        Add(text, "stillgate_analysis_failures_total", "counter", "Steps in which the analysis failed.", analysis.FailedCount);
        Add(text, "stillgate_analysis_calibration_alarms", "gauge", "Ways in which the calibration no longer fits the traffic.", analysis.Current.Fit.Alarms.Count);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value:R}\n");
}
