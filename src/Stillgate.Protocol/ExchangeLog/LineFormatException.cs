namespace Stillgate.Protocol.ExchangeLog;

/// <summary>One line is not what the format asks for. Caught at the line's edge and turned into a <see cref="LogProblem"/>.</summary>
internal sealed class LineFormatException(string field, string expected) : Exception(expected)
{
    public string Field { get; } = field;
}
