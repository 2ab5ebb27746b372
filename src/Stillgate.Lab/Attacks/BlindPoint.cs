using System.Globalization;
using Stillgate.Lab.Charts;

namespace Stillgate.Lab.Attacks;

/// <summary>Says where an attacker goes unseen.</summary>
internal static class BlindPoint
{
    /// <summary>Below this share of accounts flagged, the detection counts as blind.</summary>
    public const double BlindBelow = 0.5;

    /// <summary>A sentence on the point from which on fewer than half of the accounts are flagged.</summary>
    /// <param name="outcomes">The sweep's outcomes, in order.</param>
    public static string Describe(IReadOnlyList<AttackOutcome> outcomes)
    {
        var seen = outcomes.Count;
        while (seen > 0 && outcomes[seen - 1].Report.RingRecall.Share < BlindBelow)
        {
            seen--;
        }

        string Share(int index) => ChartAxis.Percent(Math.Round(outcomes[index].Report.RingRecall.Share, 2));
        if (seen == outcomes.Count)
        {
            var worst = Enumerable.Range(0, outcomes.Count).MinBy(index => outcomes[index].Report.RingRecall.Share);
            return string.Create(CultureInfo.InvariantCulture, $"Not blind at the end of this sweep: at {outcomes[^1].Point.Text}, {Share(outcomes.Count - 1)} of the accounts are flagged. The worst setting is {outcomes[worst].Point.Text} with {Share(worst)}.");
        }

        return seen == 0
            ? $"Blind throughout: fewer than half of the accounts are flagged at every setting; at most {Share(Enumerable.Range(0, outcomes.Count).MaxBy(index => outcomes[index].Report.RingRecall.Share))}."
            : $"**Blind from {outcomes[seen].Point.Text} on**: there {Share(seen)} of the accounts are flagged, against {Share(seen - 1)} at {outcomes[seen - 1].Point.Text}.";
    }
}
