using Stillgate.Detection.Findings;
using Stillgate.Lab.Baselines;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>A way to sort accounts into sets that act as one, and how it agrees with the rings.</summary>
/// <param name="Name">Name for tables.</param>
/// <param name="Pairs">The agreement.</param>
internal sealed record AccountMap(string Name, PairCount Pairs)
{
    /// <summary>Our campaigns, and what FRAUDAR's blocks would draw in their place.</summary>
    /// <param name="sharing">Who shares what.</param>
    /// <param name="labels">The truth.</param>
    /// <param name="snapshot">What the analysis found.</param>
    public static IReadOnlyList<AccountMap> Of(SharingGraph sharing, IReadOnlyDictionary<string, AccountLabel> labels, AnalysisSnapshot snapshot)
    {
        var ringed = snapshot.Verdicts.Where(verdict => labels.TryGetValue(verdict.Account, out var label) && label is { Undecidable: false, Harvest: true, Ring: not null })
            .Select(verdict => labels[verdict.Account]).ToArray();
        var flagged = snapshot.Verdicts.Where(verdict => verdict.Verdict == Verdict.Harvest).Select(verdict => verdict.Account).ToHashSet(StringComparer.Ordinal);
        AccountMap Map(string name, IEnumerable<IReadOnlyList<string>> sets) => new(name, PairCount.Of(labels, sets, ringed));
        return
        [
            Map("our campaigns", snapshot.Campaigns.Select(campaign => campaign.Accounts)),
            Map("each of our campaigns, cut to its densest block", snapshot.Campaigns.SelectMany(campaign => Sets(sharing.Among(campaign.Accounts.ToHashSet(StringComparer.Ordinal)), blocksMax: 1))),
            Map("FRAUDAR's blocks over the accounts that we flag", Sets(sharing.Among(flagged), FraudarBaseline.BlocksMax)),
            Map("FRAUDAR's blocks over every account", Sets(sharing, FraudarBaseline.BlocksMax)),
        ];
    }

    /// <summary>The maps of several logs as one.</summary>
    /// <param name="logs">The maps of at least one log, in the same order for each.</param>
    public static IReadOnlyList<AccountMap> Sum(IReadOnlyList<IReadOnlyList<AccountMap>> logs) =>
        logs.Aggregate((sum, log) => [.. sum.Zip(log, (map, next) => map with { Pairs = map.Pairs.With(next.Pairs) })]);

    // An account is in the first of its blocks, which is the densest.
    private static IEnumerable<IReadOnlyList<string>> Sets(SharingGraph sharing, int blocksMax)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. GreedyPeeling.Blocks(sharing, blocksMax).Select(block => block.Accounts.Where(taken.Add).ToArray())];
    }
}
