namespace Stillgate.Lab.Simulation;

/// <summary>How far a composition is.</summary>
/// <param name="Exchanges">Exchanges written.</param>
/// <param name="Share">Share of the log's time that has passed, 0 to 1.</param>
public readonly record struct SimulationProgress(long Exchanges, double Share);
