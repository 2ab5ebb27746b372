using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Finds the account whose wrapper is most like another's without comparing all pairs: MinHash (Broder 1997) over the passages, banded
/// (Indyk and Motwani 1998), then the exact similarity. Only leaders are kept: an account that is like none of them becomes one, so that the
/// work follows the number of wrappers and not that of accounts.
/// </summary>
internal sealed class WrapperIndex
{
    /// <summary>
    /// Two accounts whose passages overlap by a fraction s meet with chance 1 - (1 - s^2)^32: 0.9998 at s = 0.45, where they would be
    /// linked. A meeting costs a comparison and decides nothing.
    /// </summary>
    public const int Bands = 32;

    private const int Rows = 2;

    // Leaders of one bucket that are looked at; a bucket that holds more is a phrase that everybody uses.
    private const int BucketMax = 64;

    private readonly Dictionary<(int Band, ulong Hash), List<Leader>> _buckets = [];
    private readonly List<Leader> _met = [];

    /// <summary>Finds the leader most like an account, and makes it a leader where none is like enough.</summary>
    /// <param name="account">The account.</param>
    /// <param name="wrapper">Its wrapper.</param>
    /// <param name="similarityMin">What is like enough.</param>
    /// <returns>The leader and the similarity, or null.</returns>
    public (AccountState Account, double Similarity)? MatchOrLead(AccountState account, WrapperProfile wrapper, double similarityMin)
    {
        if (wrapper.Passages.Count == 0)
        {
            return null;
        }

        Span<ulong> bands = stackalloc ulong[Bands];
        Sign(wrapper.Passages, bands);
        Meet(bands);
        Leader? closest = null;
        var best = similarityMin;
        foreach (var leader in _met)
        {
            var similarity = wrapper.Similarity(leader.Wrapper);
            // Among equals the first that led: the order of the buckets must not show.
            if (similarity > best || (similarity == best && (closest is null || leader.Account.Index < closest.Account.Index)))
            {
                (closest, best) = (leader, similarity);
            }
        }

        if (closest is not null)
        {
            return (closest.Account, best);
        }

        Lead(new Leader(account, wrapper), bands);
        return null;
    }

    private void Meet(ReadOnlySpan<ulong> bands)
    {
        _met.Clear();
        for (var band = 0; band < Bands; band++)
        {
            if (!_buckets.TryGetValue((band, bands[band]), out var leaders))
            {
                continue;
            }

            foreach (var leader in leaders)
            {
                if (!_met.Contains(leader))
                {
                    _met.Add(leader);
                }
            }
        }
    }

    private void Lead(Leader leader, ReadOnlySpan<ulong> bands)
    {
        for (var band = 0; band < Bands; band++)
        {
            if (!_buckets.TryGetValue((band, bands[band]), out var leaders))
            {
                _buckets[(band, bands[band])] = leaders = [];
            }

            if (leaders.Count < BucketMax)
            {
                leaders.Add(leader);
            }
        }
    }

    private static void Sign(IReadOnlyCollection<ulong> passages, Span<ulong> bands)
    {
        for (var band = 0; band < Bands; band++)
        {
            ulong signature = 0;
            for (var row = 0; row < Rows; row++)
            {
                var seed = (ulong)((band * Rows) + row + 1) * 0x9E3779B97F4A7C15;
                var least = ulong.MaxValue;
                foreach (var passage in passages)
                {
                    least = Math.Min(least, Mix(passage ^ seed));
                }

                signature = Mix(signature + least);
            }

            bands[band] = signature;
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private sealed record Leader(AccountState Account, WrapperProfile Wrapper);
}
