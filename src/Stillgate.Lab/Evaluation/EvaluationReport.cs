namespace Stillgate.Lab.Evaluation;

/// <summary>How an analysis did against the truth of a composed log.</summary>
public sealed record EvaluationReport
{
    /// <summary>False alarms by kind of legitimate account.</summary>
    public required IReadOnlyDictionary<string, Rate> FalseAlarmsByKind { get; init; }

    /// <summary>False alarms by main language, legitimate accounts of every kind.</summary>
    public required IReadOnlyDictionary<string, Rate> FalseAlarmsByLanguage { get; init; }

    /// <summary>False alarms over all legitimate accounts.</summary>
    public required Rate FalseAlarms { get; init; }

    /// <summary>Accounts of rings flagged, by kind of ring.</summary>
    public required IReadOnlyDictionary<string, Rate> RecallByRingKind { get; init; }

    /// <summary>Accounts of rings flagged, all kinds.</summary>
    public required Rate RingRecall { get; init; }

    /// <summary>Single harvesters flagged, by kind.</summary>
    public required IReadOnlyDictionary<string, Rate> RecallBySingleKind { get; init; }

    /// <summary>Single loud harvesters flagged within their first 128 exchanges.</summary>
    public required Rate LoudBy128 { get; init; }

    /// <summary>For each ring: its kind, and the share of its exchanges served before the flag of the account that made them.</summary>
    public required IReadOnlyList<RingOutcome> Rings { get; init; }

    /// <summary>Pairs of accounts in one campaign that truly are of one ring.</summary>
    public required Rate PairPrecision { get; init; }

    /// <summary>Pairs of accounts of one ring that are in one campaign.</summary>
    public required Rate PairRecall { get; init; }

    /// <summary>Pairs in one campaign of which one account harvests and the other is legitimate.</summary>
    public required long HarvestLegitimatePairs { get; init; }

    /// <summary>Harvesting accounts whose content alone cannot decide, left out of every other line: flagged of how many.</summary>
    public required Rate UndecidableHarvests { get; init; }

    /// <summary>Legitimate accounts whose content alone cannot decide, evaluators that attest nothing, left out of every other line: flagged of how many.</summary>
    public required Rate UndecidableLegitimate { get; init; }

    /// <summary>Median over the rings of <see cref="RingOutcome.ServedShare"/>.</summary>
    public double MedianServedShare => Rings.Count == 0 ? 0 : Rings.Select(ring => ring.ServedShare).Order().ElementAt(Rings.Count / 2);
}
