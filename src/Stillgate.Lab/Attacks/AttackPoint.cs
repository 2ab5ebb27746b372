using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Attacks;

/// <summary>One setting of what an attacker varies.</summary>
/// <param name="X">The setting as a number, for the chart.</param>
/// <param name="Text">The setting in words.</param>
/// <param name="Rings">The rings that are composed with it.</param>
internal sealed record AttackPoint(double X, string Text, IReadOnlyList<RingRequest> Rings);
