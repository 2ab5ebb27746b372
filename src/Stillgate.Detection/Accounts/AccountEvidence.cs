using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Findings;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>What the evidence says of an account so far. Only ever hardens: a flag keeps the point at which it was first reached.</summary>
internal sealed class AccountEvidence
{
    private const int FeaturesMax = 1_024;

    /// <summary>Of whom nothing has been found. Never written to.</summary>
    public static AccountEvidence None { get; } = new();

    /// <summary>
    /// Smallest conformal p-value over the checkpoints passed, each over its band's share of the budget, at most 1: the chance that a
    /// legitimate account ever looks this bad.
    /// </summary>
    public double BehaviourP { get; set; } = 1;

    /// <summary>Smallest conformal p-value over the first band's checkpoints, as it is.</summary>
    public double EarlyP { get; set; } = 1;

    /// <summary>Features at the checkpoint of <see cref="BehaviourP"/>.</summary>
    public double[]? BehaviourFeatures { get; set; }

    /// <summary>Index of that checkpoint's band in the calibration: what the features weigh is for its model to say.</summary>
    public int BehaviourBand { get; set; }

    /// <summary>Exchanges at which the next checkpoint stands.</summary>
    public long NextCheckpoint { get; set; } = Checkpoints.First;

    /// <summary>The group of accounts with which it was first named, or null.</summary>
    public AnchorGroup? Group { get; set; }

    public Verdict Verdict { get; set; }

    public FlagPoint? FlaggedAt { get; set; }

    /// <summary>Whether nothing has been found of the account yet.</summary>
    public bool IsEmpty => NextCheckpoint == Checkpoints.First && Group is null && Verdict == Verdict.Clear && FlaggedAt is null;

    /// <summary>Writes the evidence; the group by its number.</summary>
    public void Write(StateWriter into, IReadOnlyDictionary<AnchorGroup, int> groups)
    {
        into.Double(BehaviourP);
        into.Double(EarlyP);
        into.Number((ulong)(BehaviourFeatures?.Length ?? 0));
        foreach (var feature in BehaviourFeatures ?? [])
        {
            into.Double(feature);
        }

        into.Number((ulong)BehaviourBand);
        into.Number((ulong)NextCheckpoint);
        into.Number(Group is null ? 0 : (ulong)groups[Group] + 1);
        into.Number((ulong)Verdict);
        into.Flag(FlaggedAt is not null);
        if (FlaggedAt is { } flag)
        {
            into.Text(flag.Exchange);
            into.Number((ulong)flag.Index);
            into.Signed(flag.At.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from, IReadOnlyList<AnchorGroup> groups)
    {
        BehaviourP = from.Double();
        EarlyP = from.Double();
        var features = new double[from.Count(FeaturesMax)];
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = from.Double();
        }

        BehaviourFeatures = features.Length == 0 ? null : features;
        BehaviourBand = from.Count(Checkpoints.Count - 1);
        NextCheckpoint = (long)from.Number();
        var group = from.Count(groups.Count);
        Group = group == 0 ? null : groups[group - 1];
        Verdict = (Verdict)from.Count((int)Verdict.Harvest);
        FlaggedAt = from.Flag() ? new FlagPoint(from.Text() ?? "", (long)from.Number(), DateTimeOffset.FromUnixTimeMilliseconds(from.Signed())) : null;
    }
}
