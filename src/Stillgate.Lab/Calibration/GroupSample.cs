namespace Stillgate.Lab.Calibration;

/// <summary>A group as it was measured once.</summary>
/// <param name="Log">The log that it was measured in.</param>
/// <param name="Group">The group, the same at each of its measurements.</param>
/// <param name="Harvest">Whether most members harvest.</param>
/// <param name="Members">Accounts measured.</param>
/// <param name="Features">The measurement.</param>
/// <param name="Exchanges">Exchanges of the group by then.</param>
/// <param name="Kinds">The most frequent kinds of its members, for diagnosis.</param>
internal sealed record GroupSample(string Log, string Group, bool Harvest, IReadOnlyList<string> Members, double[] Features, long Exchanges, string Kinds);
