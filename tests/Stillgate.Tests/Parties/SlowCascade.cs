namespace Stillgate.Tests.Parties;

/// <summary>The reference: all readings one by one, and all subsets of holdings one by one. Shares are in tenths; node 0 is listed; half or more.</summary>
internal static class SlowCascade
{
    public static IEnumerable<bool[]> AllReadings((int Owner, int Owned, int Low, int High)[] edges, int nodeCount)
    {
        var shares = edges.Select(edge => edge.Low).ToArray();
        while (true)
        {
            var sums = new int[nodeCount];
            for (var i = 0; i < edges.Length; i++)
            {
                sums[edges[i].Owned] += shares[i];
            }

            if (Array.TrueForAll(sums, sum => sum <= 10))
            {
                yield return Members(edges.Select((edge, i) => (edge.Owner, edge.Owned, shares[i])), nodeCount);
            }

            var at = 0;
            while (at < edges.Length && shares[at] == edges[at].High)
            {
                shares[at] = edges[at].Low;
                at++;
            }

            if (at == edges.Length)
            {
                yield break;
            }

            shares[at]++;
        }
    }

    public static int SmallestProof((int Owner, int Owned, int Low, int High)[] edges, int nodeCount, int target) =>
        Enumerable.Range(0, 1 << edges.Length)
            .Where(subset => Members(edges.Where((_, i) => (subset & (1 << i)) != 0).Select(edge => (edge.Owner, edge.Owned, edge.Low)), nodeCount)[target])
            .Min(subset => int.PopCount(subset));

    private static bool[] Members(IEnumerable<(int Owner, int Owned, int Share)> holdings, int nodeCount)
    {
        var all = holdings.ToArray();
        var members = new bool[nodeCount];
        members[0] = true;
        for (var round = 0; round < nodeCount; round++)
        {
            for (var node = 0; node < nodeCount; node++)
            {
                members[node] |= all.Where(holding => holding.Owned == node && members[holding.Owner]).Sum(holding => holding.Share) >= 5;
            }
        }

        return members;
    }
}
