using CsCheck;
using Stillgate.Parties.Ownership;
using Xunit;

namespace Stillgate.Tests.Parties;

/// <summary>The cascade against an exhaustive reference that tries every reading of the shares on a grid of 10 %.</summary>
public sealed class OwnershipPropertyTests
{
    private const int NodeCount = 5;

    private static readonly Gen<(int Owner, int Owned, int Low, int High)[]> Graphs =
        Gen.Select(Gen.Int[0, NodeCount - 1], Gen.Int[0, NodeCount - 1], Gen.Int[0, 10], Gen.Int[0, 4], Gen.Int[0, 2])
            .Select((owner, owned, low, width, isWide) => (owner, owned, low, high: isWide == 0 ? Math.Min(10, low + width) : low))
            .Array[1, 7]
            .Select(edges => Feasible(edges));

    [Fact]
    public void Cascade_RandomGraphs_AgreesWithEveryReadingTried() => Graphs.Sample(
        edges =>
        {
            var (graph, test) = Build(edges);
            var snapshot = new OwnershipSnapshot(graph, test);
            var outcomes = SlowCascade.AllReadings(edges, NodeCount).ToArray();
            for (var node = 0; node < NodeCount; node++)
            {
                var wanted = Array.TrueForAll(outcomes, members => members[node]) ? Standing.Restricted
                    : Array.Exists(outcomes, members => members[node]) ? Standing.Undetermined : Standing.Clear;
                if (snapshot.StandingOf(Name(node)) != wanted)
                {
                    return false;
                }
            }

            return true;
        },
        iter: 3_000, seed: "0000KhPvT1x1");

    [Fact]
    public void Answer_RestrictedInRandomGraphs_IsProvedByTheSmallestSet() => Graphs.Sample(
        edges =>
        {
            var (graph, test) = Build(edges);
            var snapshot = new OwnershipSnapshot(graph, test);
            for (var node = 1; node < NodeCount; node++)
            {
                if (snapshot.StandingOf(Name(node)) == Standing.Restricted)
                {
                    var answer = snapshot.Answer(Name(node));
                    if (!answer.IsSmallest || answer.Holdings.Count != SlowCascade.SmallestProof(edges, NodeCount, node))
                    {
                        return false;
                    }
                }
            }

            return true;
        },
        iter: 1_000, seed: "0000KhPvT1x2");

    [Fact]
    public void Change_RandomGraphs_GivesWhatAFreshRunGives() => Gen.Select(Graphs, Gen.Int[0, 6], Gen.Int[0, 10], Gen.Int[0, 3]).Sample(
        (edges, at, low, width) =>
        {
            var (graph, test) = Build(edges);
            var standings = CascadePass.StandingsOf(graph, test);
            var passes = new[] { new CascadePass(graph, test, standings, isUpper: false), new CascadePass(graph, test, standings, isUpper: true) };
            var edge = at % edges.Length;
            var (lowerBefore, upperBefore) = (graph.LowerOf(edge), graph.UpperOf(edge));
            graph.Resize(edge, low * Tenth, Math.Min(10, low + width) * Tenth);
            Array.ForEach(passes, pass => pass.Resized(edge, lowerBefore, upperBefore));

            return Enumerable.Range(0, 2).All(i =>
            {
                var fresh = new CascadePass(graph, test, standings, isUpper: i == 1);
                return Enumerable.Range(0, NodeCount).All(node => fresh.IsMember(node) == passes[i].IsMember(node));
            });
        },
        iter: 5_000, seed: "0000KhPvT1x3");

    private const int Tenth = ShareRange.Whole / 10;

    private static string Name(int node) => "n" + node;

    // Node 0 is listed. Shares of one company are made to fit into the whole, one holding a pair, nobody owns himself.
    private static (int Owner, int Owned, int Low, int High)[] Feasible((int Owner, int Owned, int Low, int High)[] edges)
    {
        var left = Enumerable.Repeat(10, NodeCount).ToArray();
        var feasible = new List<(int, int, int, int)>();
        foreach (var edge in edges.Where(edge => edge.Owner != edge.Owned && edge.Owned != 0).DistinctBy(edge => (edge.Owner, edge.Owned)))
        {
            var low = Math.Min(edge.Low, left[edge.Owned]);
            left[edge.Owned] -= low;
            feasible.Add((edge.Owner, edge.Owned, low, Math.Max(low, edge.High)));
        }

        return feasible.Count == 0 ? [(0, 1, 5, 5)] : [.. feasible];
    }

    private static (OwnershipGraph Graph, OwnershipTest Test) Build((int Owner, int Owned, int Low, int High)[] edges)
    {
        var graph = new OwnershipGraph();
        for (var node = 0; node < NodeCount; node++)
        {
            ListingFact[] listings = node == 0
                ? [new ListingFact { Party = Name(0), List = "sdn", ListVersion = "1", RecordedAt = default, Source = "test" }]
                : [];
            graph.Add(new GraphNode(Name(node), null, listings));
        }

        foreach (var (owner, owned, low, high) in edges)
        {
            graph.AddEdge(owner, owned, low * Tenth, high * Tenth);
        }

        return (graph, LedgerBuilder.HalfOrMore);
    }
}
