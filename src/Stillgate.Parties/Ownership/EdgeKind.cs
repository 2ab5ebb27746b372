namespace Stillgate.Parties.Ownership;

/// <summary>How an edge of the graph counts.</summary>
internal enum EdgeKind : byte
{
    /// <summary>By its size.</summary>
    Share,

    /// <summary>As control, whatever its size.</summary>
    Control,

    /// <summary>As control that may or may not be.</summary>
    PossibleControl,

    /// <summary>From a member of a joint block to the block.</summary>
    Member,
}
