using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Attacks;

/// <summary>What became of the rings of one setting, over every seed.</summary>
/// <param name="Point">The setting.</param>
/// <param name="Report">The rings and the background, compared with the truth.</param>
internal sealed record AttackOutcome(AttackPoint Point, EvaluationReport Report)
{
    /// <summary>Accounts that show a search for techniques, whatever their verdict, by kind of ring; legitimate ones under <see cref="SearchCount.Legitimate"/>.</summary>
    public IReadOnlyDictionary<string, Rate> Searching { get; init; } = new Dictionary<string, Rate>();

    /// <summary>Rings of which at least half of the accounts were flagged.</summary>
    public Rate RingsFound => Report.Rings.Aggregate(default(Rate), (rate, ring) => rate.With(ring.Flagged.Share >= 0.5));

    /// <summary>Share of all exchanges that came before the flag.</summary>
    public double ServedShare => Report.Rings.Sum(ring => ring.ServedBefore) / (double)Math.Max(1, Report.Rings.Sum(ring => ring.Exchanges));
}
