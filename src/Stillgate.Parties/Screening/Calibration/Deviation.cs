namespace Stillgate.Parties.Screening.Calibration;

/// <summary>One way in which a name is changed.</summary>
/// <param name="Kind">Its name in the figures.</param>
/// <param name="KeepsIdentity">Whether the changed name still stands for the same party.</param>
/// <param name="Apply">Changes a name's words; null where the change does not apply to this name.</param>
internal sealed record Deviation(string Kind, bool KeepsIdentity, Func<Random, string[], DeviationPool, string?> Apply);
