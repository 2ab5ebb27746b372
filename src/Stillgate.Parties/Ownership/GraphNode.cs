namespace Stillgate.Parties.Ownership;

/// <summary>An entity of the graph. A joint block is one too: it is sought for certain when all its members are, and perhaps when one is.</summary>
internal sealed record GraphNode(string Id, PartyFact? Party, IReadOnlyList<ListingFact> Listings, bool IsJoint = false)
{
    /// <summary>Whether others can own it.</summary>
    public bool IsOwnable => !IsJoint && Party?.Kind is null or PartyKind.Company;

    public string Name => Party?.Name ?? Id;
}
