namespace Stillgate.Parties.Lists;

/// <summary>A row that was skipped, and what was expected of it.</summary>
/// <param name="File">The file's name, without folders.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Field">The column or element.</param>
/// <param name="Expected">What should have stood there.</param>
public sealed record ListProblem(string File, long Line, string Field, string Expected)
{
    /// <summary>The problem as one line for the operator.</summary>
    public override string ToString() => $"{File}:{Line}: {Field}: expected {Expected}";
}
