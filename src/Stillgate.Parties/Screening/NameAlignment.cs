namespace Stillgate.Parties.Screening;

/// <summary>Which word of one name stands for which word of the other, and what is left over on each side.</summary>
internal sealed class NameAlignment
{
    public required List<WordPair> Pairs { get; init; }

    public required List<NameToken> LeftOver { get; init; }

    public required List<NameToken> RightOver { get; init; }

    /// <summary>The words that an acronym on the other side stands for, or null.</summary>
    public string? Acronym { get; init; }

    /// <summary>Words were put together to agree: a compound written apart on one side.</summary>
    public required bool IsJoined { get; init; }

    public required bool IsReordered { get; init; }
}
