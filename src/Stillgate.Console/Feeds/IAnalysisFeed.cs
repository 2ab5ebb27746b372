using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Feeds;

/// <summary>Where the console reads what the analysis has found.</summary>
public interface IAnalysisFeed
{
    /// <summary>The latest snapshot; <see cref="AnalysisSnapshot.Empty"/> before the first exchange. Must return at once.</summary>
    AnalysisSnapshot Current { get; }

    /// <summary>Share of the stored log that has been read since the start, 0 to 1; null when the analysis is live.</summary>
    double? WarmUpShare => null;
}
