namespace Stillgate.Detection.Findings;

/// <summary>What the analysis says of an account: a line of <c>verdicts.jsonl</c>. An inference, never an attribution.</summary>
public sealed record AccountVerdict
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Chance that a legitimate account of the calibration population would ever look at least this bad, 0 to 1.</summary>
    public required double PValue { get; init; }

    /// <summary>Id of the campaign it belongs to, or null.</summary>
    public string? Campaign { get; init; }

    /// <summary>Where <see cref="Verdict.Harvest"/> was first reached, or null.</summary>
    public FlagPoint? FlaggedAt { get; init; }

    /// <summary>The four axes of behaviour, each 0 to 1.</summary>
    public required BehaviourAxes Axes { get; init; }

    /// <summary>Why, strongest first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>What the account has received. Accounting, not evidence.</summary>
    public required Exposure Exposure { get; init; }

    /// <summary>The p-value of the account's own behaviour, without its campaign's.</summary>
    public double OwnPValue { get; init; } = 1;

    /// <summary>Where its case stands in the review queue, from 1; null where there is nothing to review.</summary>
    public ReviewPlace? Review { get; init; }
}
