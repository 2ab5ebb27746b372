namespace Stillgate.Parties.Ownership;

/// <summary>What the members of a cascade hold of one entity. Written by the pass that owns it.</summary>
internal struct Support
{
    /// <summary>Sum of the least shares of members.</summary>
    public long Lower;

    /// <summary>Sum of the greatest shares of members.</summary>
    public long Upper;

    /// <summary>Sum of the least shares of all holders.</summary>
    public long TotalLower;

    /// <summary>Members that control it.</summary>
    public int Controls;

    /// <summary>Members that may control it.</summary>
    public int PossibleControls;

    /// <summary>Of a joint block: how many of its holders are members.</summary>
    public int Members;

    /// <summary>Of a joint block: how many holders it has.</summary>
    public int MemberCount;

    public void Count(OwnershipGraph graph, int edge, int sign)
    {
        switch (graph.KindOf(edge))
        {
            case EdgeKind.Share:
                Lower += sign * graph.LowerOf(edge);
                Upper += sign * graph.UpperOf(edge);
                break;
            case EdgeKind.Control:
                Controls += sign;
                break;
            case EdgeKind.PossibleControl:
                PossibleControls += sign;
                break;
            default:
                Members += sign;
                break;
        }
    }
}
