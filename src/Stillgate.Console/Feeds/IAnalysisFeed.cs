using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Feeds;

/// <summary>Where the console reads what the analysis has found.</summary>
public interface IAnalysisFeed
{
    /// <summary>The latest snapshot; <see cref="AnalysisSnapshot.Empty"/> before the first exchange. Must return at once.</summary>
    AnalysisSnapshot Current { get; }
}
