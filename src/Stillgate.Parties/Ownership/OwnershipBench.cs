using System.Diagnostics;
using System.Globalization;

namespace Stillgate.Parties.Ownership;

/// <summary>How fast ownership is worked out at a stated size, over a graph drawn from a seed.</summary>
/// <remarks>
/// Companies mostly hold companies that came later, some hold earlier ones so that there are circles, and a few hold very many; shares are split so that about half of the
/// companies have a holder of half or more, and a fifth of the shares are known only as a span. One party in a hundred is listed.
/// </remarks>
public static class OwnershipBench
{
    private const int Half = ShareRange.Whole / 2;
    private const int ListedEvery = 100;

    // The same changes on the same graph: what one round took longer than another, other work on the machine took.
    private const int Repeats = 3;
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
        // A small run first, so that the figures are of the work and not of the compiler.
        var warm = Draw(2_000, 6_000, new Random(seed));
        Changes(warm, new Evaluation(warm), 2_000, new Random(seed));
        var rounds = Enumerable.Range(0, Repeats).Select(_ => Round(entities, holdings, changes, seed)).ToArray();
        var nanoseconds = new double[changes];
        for (var i = 0; i < changes; i++)
        {
            nanoseconds[i] = rounds.Min(round => round.Changes[i].Nanoseconds);
        }

        var first = rounds[0];
        var slowest = Array.IndexOf(nanoseconds, nanoseconds.Max());
        var sorted = nanoseconds.Order().ToArray();
        return
        [
            ("parties", Number(entities)),
            ("holdings", Number(holdings)),
            ("restricted, undetermined", $"{Number(first.Restricted)}, {Number(first.Undetermined)}"),
            ("evaluating all of it, both bounds, by the clock (goal 10 s)", Seconds(rounds.Min(round => round.Evaluated))),
            ("the same, processor time", Seconds(rounds.Min(round => round.Processor))),
            ("holdings changed one by one", Number(changes)),
            ("one change, median", Micro(sorted[sorted.Length / 2])),
            ("one change, p99", Micro(sorted[(int)(sorted.Length * 0.99)])),
            ("one change, slowest (goal 5 ms)", $"{Micro(nanoseconds[slowest])}, in which {Number(first.Changes[slowest].Affected)} parties came in or went out"),
            ("the slowest of a single round, by the clock", Micro(rounds.Min(round => round.Changes.Max(change => change.Nanoseconds)))),
            ("most parties that one change moved", Number(first.Changes.Max(change => change.Affected))),
            ("garbage collections during the changes", Number(rounds.Max(round => round.Collections))),
            ("after all changes, the same as evaluated anew", rounds.All(round => round.IsSame) ? "yes" : "NO"),
        ];
    }

    private static Measured Round(int entities, int holdings, int changes, int seed)
    {
        var random = new Random(seed);
        var graph = Draw(entities, holdings, random);
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var evaluation = new Evaluation(graph);
        var evaluated = Stopwatch.GetElapsedTime(start);
        processor = Environment.CpuUsage.TotalTime - processor;
        var restricted = Enumerable.Range(0, entities).Count(evaluation.Lower.IsMember);
        var undetermined = Enumerable.Range(0, entities).Count(node => evaluation.Upper.IsMember(node) && !evaluation.Lower.IsMember(node));
        var collections = GC.CollectionCount(0);
        var measured = Changes(graph, evaluation, changes, random);
        collections = GC.CollectionCount(0) - collections;
        var fresh = new Evaluation(graph);
        var isSame = Enumerable.Range(0, entities).All(node => evaluation.Lower.IsMember(node) == fresh.Lower.IsMember(node) && evaluation.Upper.IsMember(node) == fresh.Upper.IsMember(node));
        return new Measured(evaluated, processor, restricted, undetermined, collections, isSame, measured);
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

    private static (double Nanoseconds, int Affected)[] Changes(OwnershipGraph graph, Evaluation evaluation, int changes, Random random)
    {
        // Every fourth change is of a holding in one of the parties that hold most: what such a change moves is what takes long.
        var hubs = Hubs(graph);
        var measured = new (double, int)[changes];
        for (var i = 0; i < changes; i++)
        {
            var edge = i % 4 == 3 && hubs.Length > 0 ? hubs[random.Next(hubs.Length)] : random.Next(graph.EdgeCount);
            var (lowerBefore, upperBefore) = (graph.LowerOf(edge), graph.UpperOf(edge));
            var share = random.Next(3) switch { 0 => 0, 1 => Half + 1, _ => random.Next(ShareRange.Whole) };
            var start = Stopwatch.GetTimestamp();
            graph.Resize(edge, share, share);
            evaluation.Lower.Resized(edge, lowerBefore, upperBefore);
            evaluation.Upper.Resized(edge, lowerBefore, upperBefore);
            measured[i] = (Stopwatch.GetElapsedTime(start).TotalNanoseconds, evaluation.Lower.LastChangeCount + evaluation.Upper.LastChangeCount);
        }

        return measured;
    }

    private static int[] Hubs(OwnershipGraph graph)
    {
        const int HubCount = 1_000;
        var held = new int[graph.NodeCount];
        for (var edge = 0; edge < graph.EdgeCount; edge++)
        {
            held[graph.OwnerOf(edge)]++;
        }

        var hubs = Enumerable.Range(0, held.Length).OrderByDescending(node => held[node]).ThenBy(node => node).Take(HubCount).ToHashSet();
        return [.. Enumerable.Range(0, graph.EdgeCount).Where(edge => hubs.Contains(graph.OwnedOf(edge)))];
    }

    private static string Id(int node) => "p" + node.ToString(CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    private static string Micro(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.0} us");

    private sealed record Measured(TimeSpan Evaluated, TimeSpan Processor, int Restricted, int Undetermined, int Collections, bool IsSame, (double Nanoseconds, int Affected)[] Changes);

    /// <summary>Both bounds over one graph.</summary>
    private sealed class Evaluation
    {
        public Evaluation(OwnershipGraph graph)
        {
            var standings = CascadePass.StandingsOf(graph, Test);
            Lower = new CascadePass(graph, Test, standings, isUpper: false);
            Upper = new CascadePass(graph, Test, standings, isUpper: true);
        }

        public CascadePass Lower { get; }

        public CascadePass Upper { get; }
    }
}
