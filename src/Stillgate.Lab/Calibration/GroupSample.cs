namespace Stillgate.Lab.Calibration;

/// <summary>A group as it was measured once.</summary>
/// <param name="Group">The group, the same at each of its measurements.</param>
/// <param name="Harvest">Whether most members harvest.</param>
/// <param name="Features">The measurement.</param>
/// <param name="Exchanges">Exchanges of the group by then.</param>
/// <param name="Kinds">The most frequent kinds of its members, for diagnosis.</param>
internal sealed record GroupSample(string Group, bool Harvest, double[] Features, long Exchanges, string Kinds);
