namespace Stillgate.Parties.Ownership;

/// <summary>One ownership test worked out over everything known, as of a day. Immutable to its readers.</summary>
public sealed class OwnershipSnapshot
{
    private readonly OwnershipGraph _graph;
    private readonly OwnershipTest _test;
    private readonly Standing[] _standings;
    private readonly CascadePass _lower;
    private readonly CascadePass _upper;

    internal OwnershipSnapshot(OwnershipGraph graph, OwnershipTest test)
    {
        _graph = graph;
        _test = test;
        _standings = CascadePass.StandingsOf(graph, test);
        _lower = new CascadePass(graph, test, _standings, isUpper: false);
        _upper = new CascadePass(graph, test, _standings, isUpper: true);
    }

    /// <summary>How many parties there are.</summary>
    public int EntityCount => _graph.NodeCount;

    /// <summary>Works the test out.</summary>
    /// <param name="ledger">All statements.</param>
    /// <param name="test">The test.</param>
    /// <param name="validAt">The day asked about.</param>
    /// <param name="knownAt">Only what had been recorded by then is read: a decision of the past is repeated with what was known then.</param>
    public static OwnershipSnapshot Build(OwnershipLedger ledger, OwnershipTest test, DateTimeOffset validAt, DateTimeOffset knownAt) =>
        new(GraphBuilder.Build(ledger, validAt, knownAt, test.CountsControl), test);

    /// <summary>The answer alone. A party of which nothing at all is known is undetermined where the test would need to know, and clear otherwise.</summary>
    public Standing StandingOf(string entity)
    {
        var node = _graph.IndexOf(entity);
        return node >= 0 ? StandingOf(node) : StandingOfStranger();
    }

    /// <summary>The answer with its reasons.</summary>
    public OwnershipAnswer Answer(string entity)
    {
        var node = _graph.IndexOf(entity);
        if (node < 0)
        {
            var standing = StandingOfStranger();
            return new OwnershipAnswer
            {
                Test = _test.Id,
                Entity = entity,
                Standing = standing,
                Reason = "Nothing is known of this party.",
                Settling = standing == Standing.Undetermined
                    ? [new SettlingFact { Question = $"who owns {entity}, and where it has its headquarters", CanClear = true, CanRestrict = true }]
                    : [],
            };
        }

        var view = LocalView.Around(_graph, _standings, node, _upper.IsMember);
        return new AnswerWriter(view, _test).Write(StandingOf(node));
    }

    /// <summary>
    /// The parties at the top of the chains of parents above a company: a parent holds more than half, or has control. Several where chains divide or are not certain; the company
    /// itself where nobody is stated above it. Build the snapshot with a test that counts control, or only capital is seen.
    /// </summary>
    /// <param name="entity">The company's identifier.</param>
    /// <returns>Null where nothing is known of it.</returns>
    public IReadOnlyList<UltimateParent>? UltimateParents(string entity) =>
        _graph.IndexOf(entity) is var node and >= 0 ? new ParentSearch(_graph, node).Find() : null;

    private Standing StandingOf(int node) =>
        _lower.IsMember(node) ? Standing.Restricted : _upper.IsMember(node) ? Standing.Undetermined : Standing.Clear;

    private Standing StandingOfStranger() =>
        _test.Headquarters.Count > 0 || _test.Unreported == UnreportedOwners.MayBeSought ? Standing.Undetermined : Standing.Clear;
}
