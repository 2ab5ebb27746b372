using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>How accounts that were sorted into sets agree with the rings, by pairs of accounts.</summary>
/// <param name="Precision">Pairs in one set that truly are of one ring.</param>
/// <param name="Recall">Pairs of one ring that are in one set.</param>
/// <param name="Mixed">Pairs in one set of which one account harvests and the other is legitimate.</param>
internal sealed record PairCount(Rate Precision, Rate Recall, long Mixed)
{
    /// <summary>Counts.</summary>
    /// <param name="labels">The truth by account; accounts without a label count nowhere.</param>
    /// <param name="sets">The sets; no account is in two.</param>
    /// <param name="ringed">The accounts of rings that recall is of.</param>
    public static PairCount Of(IReadOnlyDictionary<string, AccountLabel> labels, IEnumerable<IReadOnlyList<string>> sets, IEnumerable<AccountLabel> ringed)
    {
        var setOf = new Dictionary<string, int>(StringComparer.Ordinal);
        long paired = 0, right = 0, mixed = 0;
        foreach (var (number, accounts) in sets.Index())
        {
            var members = accounts.Where(labels.ContainsKey).Select(account => labels[account]).ToArray();
            foreach (var member in members)
            {
                setOf[member.Account] = number;
            }

            long harvest = members.Count(member => member.Harvest);
            paired += Choose2(members.Length);
            right += members.Where(member => member.Ring is not null).GroupBy(member => member.Ring).Sum(same => Choose2(same.Count()));
            mixed += harvest * (members.Length - harvest);
        }

        long possible = 0, found = 0;
        foreach (var ring in ringed.GroupBy(label => label.Ring))
        {
            possible += Choose2(ring.Count());
            found += ring.Where(label => setOf.ContainsKey(label.Account)).GroupBy(label => setOf[label.Account]).Sum(same => Choose2(same.Count()));
        }

        return new PairCount(new Rate(right, paired), new Rate(found, possible), mixed);
    }

    /// <summary>Both counts as one.</summary>
    public PairCount With(PairCount other) => new(
        new Rate(Precision.Hits + other.Precision.Hits, Precision.Total + other.Precision.Total),
        new Rate(Recall.Hits + other.Recall.Hits, Recall.Total + other.Recall.Total),
        Mixed + other.Mixed);

    private static long Choose2(long n) => n * (n - 1) / 2;
}
