namespace Stillgate.Protocol.ExchangeLog;

/// <summary>A line that could not be read: where it stands, which field, and what was expected.</summary>
/// <param name="File">Path as the caller gave it.</param>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Field">Path of the field within the line, for example <c>request.messages[0].role</c>; empty for the whole line.</param>
/// <param name="Expected">What was expected there, in words. Never holds the line's content.</param>
public sealed record LogProblem(string File, long Line, string Field, string Expected)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Field.Length == 0 ? $"{File}:{Line}: {Expected}" : $"{File}:{Line}: {Field}: {Expected}";
}
