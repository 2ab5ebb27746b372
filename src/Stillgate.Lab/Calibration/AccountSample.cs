namespace Stillgate.Lab.Calibration;

/// <summary>An account as it was measured at a checkpoint.</summary>
/// <param name="Account">The account, with its log.</param>
/// <param name="Harvest">Whether it harvests.</param>
/// <param name="PeerClass">Index of its peer class.</param>
/// <param name="Checkpoint">Index of the checkpoint.</param>
/// <param name="Features">The measurement.</param>
/// <param name="Kind">Its kind, for diagnosis.</param>
internal sealed record AccountSample(string Account, bool Harvest, int PeerClass, int Checkpoint, double[] Features, string Kind);
