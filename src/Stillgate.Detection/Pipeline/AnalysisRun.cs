using Stillgate.Detection.Engine;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Pipeline;

/// <summary>A finished analysis.</summary>
/// <param name="Engine">The engine at the end of the log.</param>
/// <param name="Snapshot">What it found.</param>
/// <param name="Problems">Bad lines.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Sorted">Whether the log had to be sorted first.</param>
public sealed record AnalysisRun(AnalysisEngine Engine, AnalysisSnapshot Snapshot, long Problems, TimeSpan Elapsed, bool Sorted);
