using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Accounts;

/// <summary>What the evidence says of an account so far. Only ever hardens: a flag keeps the point at which it was first reached.</summary>
internal sealed class AccountEvidence
{
    /// <summary>Smallest conformal p-value over the checkpoints passed.</summary>
    public double BehaviourP { get; set; } = 1;

    /// <summary>Features at the checkpoint of that p-value.</summary>
    public double[]? BehaviourFeatures { get; set; }

    /// <summary>Exchanges at which the next checkpoint stands.</summary>
    public long NextCheckpoint { get; set; } = Checkpoints.First;

    /// <summary>The group of accounts with which it was first named, or null.</summary>
    public AnchorGroup? Group { get; set; }

    public Verdict Verdict { get; set; }

    public FlagPoint? FlaggedAt { get; set; }
}
