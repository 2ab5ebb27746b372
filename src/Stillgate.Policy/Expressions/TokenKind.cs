namespace Stillgate.Policy.Expressions;

internal enum TokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Int,
    UInt,
    Double,
    String,
    Bytes,
    Symbol,
}
