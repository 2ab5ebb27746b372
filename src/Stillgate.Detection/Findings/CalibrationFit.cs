namespace Stillgate.Detection.Findings;

/// <summary>Whether the traffic still looks like the population that the calibration was made from, and on whom flags fall.</summary>
/// <param name="Alarms">What no longer fits, in words for a person; empty where nothing speaks against the calibration.</param>
/// <param name="PeerClasses">By peer class.</param>
/// <param name="PeerMixIndex">Population stability index of the mix of peer classes; null while too few accounts were judged.</param>
/// <param name="Scripts">By the script of an account's requests.</param>
public sealed record CalibrationFit(
    IReadOnlyList<string> Alarms, IReadOnlyList<PeerClassFit> PeerClasses, double? PeerMixIndex, IReadOnlyList<ScriptFlags> Scripts)
{
    /// <summary>Nothing looked at yet.</summary>
    public static CalibrationFit Unknown { get; } = new([], [], null, []);
}
