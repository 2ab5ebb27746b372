using System.Diagnostics;
using System.Globalization;

namespace Stillgate.Parties.Ownership;

/// <summary>How fast ownership is worked out at a stated size, over a graph drawn from a seed.</summary>
/// <remarks>
/// Companies mostly hold companies that came later, some hold earlier ones so that there are circles, and a few hold very many; shares are split so that about half of the
/// companies have a holder of half or more, and a fifth of the shares are known only as a span. One party in a thousand is listed.
/// </remarks>
public static class OwnershipBench
{
    private const int Half = ShareRange.Whole / 2;
    private const int ListedEvery = 1_000;
    private const string List = "bench";

    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly OwnershipTest Test = new() { Id = "bench", Threshold = Half, Lists = [List] };

    /// <summary>Draws the graph, works the test out, and changes holdings one by one.</summary>
    /// <param name="entities">Parties.</param>
    /// <param name="holdings">Holdings among them.</param>
    /// <param name="changes">Holdings that are changed, one after the other.</param>
    /// <param name="seed">What the graph is drawn from.</param>
    /// <returns>Rows of what was measured, in words.</returns>
    public static IReadOnlyList<(string What, string Measured)> Run(int entities, int holdings, int changes, int seed)
    {
        var random = new Random(seed);
        var start = Stopwatch.GetTimestamp();
        var graph = Draw(entities, holdings, random);
        var drawn = Stopwatch.GetElapsedTime(start);

        // A small run first, so that the figures are of the work and not of the compiler.
        Changes(Draw(2_000, 6_000, random), 2_000, random);
        start = Stopwatch.GetTimestamp();
        var standings = CascadePass.StandingsOf(graph, Test);
        var lower = new CascadePass(graph, Test, standings, isUpper: false);
        var upper = new CascadePass(graph, Test, standings, isUpper: true);
        var evaluated = Stopwatch.GetElapsedTime(start);
        var restricted = Enumerable.Range(0, entities).Count(lower.IsMember);
        var undetermined = Enumerable.Range(0, entities).Count(node => upper.IsMember(node) && !lower.IsMember(node));

        var collections = GC.CollectionCount(0);
        var measured = Changes(graph, lower, upper, changes, random);
        collections = GC.CollectionCount(0) - collections;
        var isSame = IsSame(graph, standings, lower, upper);
        var nanoseconds = measured.Select(change => change.Nanoseconds).Order().ToArray();
        var slowest = measured.MaxBy(change => change.Nanoseconds);
        return
        [
            ("parties", Number(entities)),
            ("holdings", Number(graph.EdgeCount)),
            ("restricted, undetermined", $"{Number(restricted)}, {Number(undetermined)}"),
            ("drawing the graph, not part of the goal", Seconds(drawn)),
            ("evaluating all of it, both bounds (goal 10 s)", Seconds(evaluated)),
            ("holdings changed one by one", Number(changes)),
            ("one change, median", Micro(nanoseconds[nanoseconds.Length / 2])),
            ("one change, p99", Micro(nanoseconds[(int)(nanoseconds.Length * 0.99)])),
            ("one change, slowest (goal 5 ms)", $"{Micro(nanoseconds[^1])}, in which {Number(slowest.Affected)} parties came in or went out"),
            ("most parties that one change moved", Number(measured.Max(change => change.Affected))),
            ("garbage collections during the changes", Number(collections)),
            ("after all changes, the same as evaluated anew", isSame ? "yes" : "NO"),
        ];
    }

    private static OwnershipGraph Draw(int entities, int holdings, Random random)
    {
        var graph = new OwnershipGraph();
        for (var node = 0; node < entities; node++)
        {
            IReadOnlyList<ListingFact> listings = random.Next(ListedEvery) == 0
                ? [new ListingFact { Party = Id(node), List = List, ListVersion = "1", RecordedAt = Day, Source = "drawn" }]
                : [];
            graph.Add(new GraphNode(Id(node), null, listings));
        }

        var free = new int[entities];
        Array.Fill(free, ShareRange.Whole);
        for (var i = 0; i < holdings; i++)
        {
            // A square pulls towards the first parties, which so come to hold very many others; one in fifty points the other way round.
            var (one, other) = ((int)(random.NextDouble() * random.NextDouble() * entities), random.Next(entities));
            var (owner, owned) = one <= other == (random.Next(50) != 0) ? (one, other) : (other, one);
            var share = (int)(free[owned] * random.NextDouble());
            free[owned] -= share;
            graph.AddEdge(owner, owned, random.Next(5) == 0 ? share / 2 : share, share);
        }

        return graph;
    }

    private static void Changes(OwnershipGraph graph, int changes, Random random)
    {
        var standings = CascadePass.StandingsOf(graph, Test);
        Changes(graph, new CascadePass(graph, Test, standings, isUpper: false), new CascadePass(graph, Test, standings, isUpper: true), changes, random);
    }

    private static (double Nanoseconds, int Affected)[] Changes(OwnershipGraph graph, CascadePass lower, CascadePass upper, int changes, Random random)
    {
        var measured = new (double, int)[changes];
        for (var i = 0; i < changes; i++)
        {
            // Every second change takes a holding to nothing or above half, which is what moves others.
            var edge = random.Next(graph.EdgeCount);
            var (lowerBefore, upperBefore) = (graph.LowerOf(edge), graph.UpperOf(edge));
            var share = (i % 4) switch { 0 => 0, 1 => Half + 1, _ => random.Next(ShareRange.Whole) };
            var start = Stopwatch.GetTimestamp();
            graph.Resize(edge, share, share);
            lower.Resized(edge, lowerBefore, upperBefore);
            upper.Resized(edge, lowerBefore, upperBefore);
            measured[i] = (Stopwatch.GetElapsedTime(start).TotalNanoseconds, lower.LastChangeCount + upper.LastChangeCount);
        }

        return measured;
    }

    private static bool IsSame(OwnershipGraph graph, Standing[] standings, CascadePass lower, CascadePass upper)
    {
        var (freshLower, freshUpper) = (new CascadePass(graph, Test, standings, isUpper: false), new CascadePass(graph, Test, standings, isUpper: true));
        return Enumerable.Range(0, graph.NodeCount).All(node => lower.IsMember(node) == freshLower.IsMember(node) && upper.IsMember(node) == freshUpper.IsMember(node));
    }

    private static string Id(int node) => "p" + node.ToString(CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    private static string Micro(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.0} us");
}
