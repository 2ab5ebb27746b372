namespace Stillgate.Parties.Ownership;

/// <summary>Makes the graph of one day from the statements that stand on it, for a test with or without control.</summary>
internal static class GraphBuilder
{
    public static OwnershipGraph Build(OwnershipLedger ledger, DateTimeOffset validAt, DateTimeOffset knownAt, bool countsControl)
    {
        var graph = new OwnershipGraph();
        var parties = ledger.PartiesAsOf(validAt, knownAt).ToDictionary(fact => fact.Id, StringComparer.Ordinal);
        var listings = ledger.ListingsAsOf(validAt, knownAt);
        foreach (var id in parties.Keys.Concat(listings.Select(group => group.Key)))
        {
            Node(id);
        }

        // A party holds two figures of one company: of its capital and of its votes. They are not added; the greater counts.
        var holdings = ledger.HoldingsAsOf(validAt, knownAt).Where(fact => countsControl || fact.Kind == HoldingKind.Ownership);
        foreach (var pair in holdings.GroupBy(fact => (Owner: OwnerOf(fact), fact.Owned)))
        {
            AddPair(pair.Key.Owner, pair.Key.Owned, [.. pair]);
        }

        return graph;

        int Node(string id) => graph.Add(new GraphNode(id, parties.GetValueOrDefault(id), [.. listings[id]]));

        int Owner(string id) => id.StartsWith(UnknownPrefix, StringComparison.Ordinal)
            ? graph.Add(new GraphNode(id, Nobody(id), []))
            : id.StartsWith(JointPrefix, StringComparison.Ordinal) ? graph.Add(new GraphNode(id, null, [], IsJoint: true)) : Node(id);

        void AddPair(string owner, string owned, HoldingFact[] facts)
        {
            var target = Node(owned);
            var source = Owner(owner);
            foreach (var joint in facts.Where(fact => fact.JointGroup is not null).Select(fact => fact.Owner).Distinct())
            {
                graph.AddEdge(Node(joint), source, 0, 0, EdgeKind.Member);
            }

            AddControl(facts, source, target, HoldingKind.Control, EdgeKind.Control);
            AddControl(facts, source, target, HoldingKind.PossibleControl, EdgeKind.PossibleControl);
            var shares = facts.Where(fact => fact.Kind is HoldingKind.Ownership or HoldingKind.Voting).ToArray();
            if (shares.Length > 0)
            {
                var ranges = shares.GroupBy(fact => fact.Kind).Select(kind => Combined([.. kind])).ToArray();
                graph.Evidence[graph.AddEdge(source, target, ranges.Max(r => r.Lower), ranges.Max(r => r.Upper))] = shares;
            }
        }

        void AddControl(HoldingFact[] facts, int source, int target, HoldingKind kind, EdgeKind edge)
        {
            if (facts.Where(fact => fact.Kind == kind).ToArray() is { Length: > 0 } found)
            {
                graph.Evidence[graph.AddEdge(source, target, 0, 0, edge)] = found;
            }
        }
    }

    private const string UnknownPrefix = "unknown:";
    private const string JointPrefix = "joint:";

    // A nominee's holding is the holding of whom it is held for. A joint block is held by a node of its own.
    private static string OwnerOf(HoldingFact fact) => fact switch
    {
        { JointGroup: { } group } => JointPrefix + group,
        { OnBehalfOf: "" } => UnknownPrefix + fact.Owner,
        { OnBehalfOf: { } beneficiary } => beneficiary,
        _ => fact.Owner,
    };

    private static PartyFact Nobody(string id) => new()
    {
        Id = id,
        Name = $"the party for whom {id[UnknownPrefix.Length..]} is nominee",
        Kind = PartyKind.Unknown,
        RecordedAt = DateTimeOffset.MinValue,
        Source = "derived",
    };

    // Blocks from one source add up. Two sources tell of the same blocks: where they differ, the truth is between them or with either.
    private static ShareRange Combined(HoldingFact[] facts)
    {
        var isJoint = facts[0].JointGroup is not null;
        var sums = facts.GroupBy(fact => fact.Source, StringComparer.Ordinal).Select(source => isJoint
            ? (Lower: source.Max(fact => (long)Counted(fact).Lower), Upper: source.Max(fact => (long)Counted(fact).Upper))
            : (Lower: source.Sum(fact => (long)Counted(fact).Lower), Upper: source.Sum(fact => (long)Counted(fact).Upper))).ToArray();
        return ShareRange.OfParts(sums.Min(sum => sum.Lower), sums.Max(sum => sum.Upper));
    }

    // A figure over an unstated chain is a product, and a cascade over that chain may come out at anything: 25 % by way of
    // 50 % of 50 % is half and half, by way of 25 % of the whole a quarter. Only the whole of the whole leaves no doubt.
    private static ShareRange Counted(HoldingFact fact) =>
        !fact.IsIndirect || fact.Share.Lower == ShareRange.Whole || fact.Share.Upper == 0 ? fact.Share : ShareRange.Unknown;
}
