using Stillgate.Detection.Findings;

namespace Stillgate.Lab.Evaluation;

/// <summary>An analysis of sketches that were already in memory.</summary>
/// <param name="Snapshot">What was found.</param>
/// <param name="Elapsed">Wall time of the engine alone.</param>
internal sealed record EngineRun(AnalysisSnapshot Snapshot, TimeSpan Elapsed);
