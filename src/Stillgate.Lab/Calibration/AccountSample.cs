using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Calibration;

/// <summary>An account as it was measured at a checkpoint.</summary>
/// <param name="Account">The account, with its log.</param>
/// <param name="Harvest">Whether it harvests.</param>
/// <param name="PeerClass">Index of its peer class.</param>
/// <param name="Checkpoint">Index of the checkpoint.</param>
/// <param name="Features">The measurement.</param>
/// <param name="Label">The truth, or null where the log has none of it.</param>
internal sealed record AccountSample(string Account, bool Harvest, int PeerClass, int Checkpoint, double[] Features, AccountLabel? Label)
{
    /// <summary>Whether it may teach a model: what content cannot decide may not, though it stands among the controls.</summary>
    public bool Teaches => Label is not { Undecidable: true };
}
