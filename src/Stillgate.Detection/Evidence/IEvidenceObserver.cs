namespace Stillgate.Detection.Evidence;

/// <summary>Sees every measurement that an engine makes: how a calibration is built from a log, and how a figure is drawn.</summary>
public interface IEvidenceObserver
{
    /// <summary>A group was measured.</summary>
    /// <param name="group">Number of the group within the run.</param>
    /// <param name="members">Accounts measured.</param>
    /// <param name="features">The measurement; the observer may keep it.</param>
    /// <param name="exchanges">Exchanges of the group so far.</param>
    void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges);

    /// <summary>An account was measured at a checkpoint.</summary>
    /// <param name="account">The account.</param>
    /// <param name="peerClass">Index of its peer class.</param>
    /// <param name="checkpoint">Index of the checkpoint, 0 for 32 exchanges.</param>
    /// <param name="features">The measurement; the observer may keep it.</param>
    void AccountMeasured(string account, int peerClass, int checkpoint, double[] features);
}
