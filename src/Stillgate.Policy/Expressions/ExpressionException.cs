namespace Stillgate.Policy.Expressions;

/// <summary>The text of an expression is wrong. Says where (1-based column within the expression) and what was expected.</summary>
public sealed class ExpressionException : Exception
{
    internal ExpressionException(int offset, string message)
        : base(message) => Column = offset + 1;

    /// <summary>The column of the mistake, from 1, counted in UTF-16 units over the whole text.</summary>
    public int Column { get; }
}
