namespace Stillgate.Policy.Expressions;

/// <summary>A lexical unit: where it starts, its text (decoded for literals), and the bytes of a bytes literal.</summary>
internal readonly record struct Token(TokenKind Kind, int Offset, string Text, byte[]? Bytes = null)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
