namespace Stillgate.Parties.Lists;

/// <summary>A record of a delimited file and the line on which it starts.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Fields">Unquoted fields.</param>
public sealed record DelimitedRow(long Line, string[] Fields)
{
    /// <summary>Whether the file ended inside of a quoted field, which then holds everything from there on.</summary>
    public bool IsUnclosed { get; init; }
}
