namespace Stillgate.Detection.Findings;

/// <summary>What an analysis may say of an account.</summary>
public enum Verdict
{
    /// <summary>Nothing beyond what the calibration population shows.</summary>
    Clear,

    /// <summary>Unusual on one kind of evidence: a reason to look, never to act.</summary>
    Watch,

    /// <summary>Two independent kinds of evidence agree.</summary>
    Harvest,
}
