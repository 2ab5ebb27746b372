using Stillgate.Detection.Findings;

namespace Stillgate.Lab.Evaluation;

/// <summary>An analysis of sketches that were already in memory.</summary>
/// <param name="Snapshot">What was found.</param>
/// <param name="Elapsed">Wall time of the engine alone.</param>
/// <param name="Searching">Accounts whose requests show a search for techniques, whatever their verdict.</param>
internal sealed record EngineRun(AnalysisSnapshot Snapshot, TimeSpan Elapsed, IReadOnlySet<string> Searching);
