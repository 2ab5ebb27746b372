namespace Stillgate.Detection.Findings;

/// <summary>The four axes of behaviour, each 0 (ordinary) to 1 (extreme).</summary>
/// <param name="Volume">How much, and how machine-paced.</param>
/// <param name="Structure">How templated and how single-turn.</param>
/// <param name="Focus">How concentrated on one capability, or how evenly spread like a data set.</param>
/// <param name="Elicitation">How much it asks for reasoning, rubrics, trajectories or generated tasks.</param>
public sealed record BehaviourAxes(double Volume, double Structure, double Focus, double Elicitation);
