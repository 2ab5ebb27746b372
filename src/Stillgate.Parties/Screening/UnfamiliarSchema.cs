namespace Stillgate.Parties.Screening;

/// <summary>A value of a schema column that is not known, and the line on which it stands first.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line.</param>
/// <param name="Value">The value.</param>
public sealed record UnfamiliarSchema(string File, long Line, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: schema: '{Value}' is not known, so its pairs are compared as parties of an unknown kind; known are {EntitySchemas.Expected}";
}
