namespace Stillgate.Policy.Expressions;

/// <summary>Splits an expression into tokens, by the lexis of the CEL specification.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    public static List<Token> Split(string text)
    {
        if (text.Length > ExpressionLimits.TextLengthMax)
        {
            throw new ExpressionException(0, $"the expression is longer than {ExpressionLimits.TextLengthMax} characters");
        }

        var tokens = new List<Token>();
        var at = SkipBlank(text, 0);
        while (at < text.Length)
        {
            tokens.Add(Next(text, ref at));
            at = SkipBlank(text, at);
        }

        tokens.Add(new Token(TokenKind.End, text.Length, "the end"));
        return tokens;
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                at++;
            }
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/')
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static Token Next(string text, ref int at)
    {
        var start = at;
        if (LiteralText.StartsAt(text, at))
        {
            return LiteralText.Read(text, ref at);
        }

        if (char.IsAsciiLetter(text[at]) || text[at] == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            return new Token(TokenKind.Identifier, start, text[start..at]);
        }

        if (char.IsAsciiDigit(text[at]) || (text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, ref at);
        }

        if (text[at] == '`')
        {
            return Quoted(text, ref at);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                at += symbol.Length;
                return new Token(TokenKind.Symbol, start, symbol);
            }
        }

        throw new ExpressionException(start, $"the character '{text[at]}' has no meaning here");
    }

    private static Token Quoted(string text, ref int at)
    {
        var start = at;
        var end = text.IndexOf('`', at + 1);
        if (end < 0)
        {
            throw new ExpressionException(start, "a quoted name does not end");
        }

        at = end + 1;
        return new Token(TokenKind.QuotedIdentifier, start, text[(start + 1)..end]);
    }

    private static Token Number(string text, ref int at)
    {
        var start = at;
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X')
        {
            at += 2;
            SkipWhile(text, ref at, char.IsAsciiHexDigit);
            return Whole(text, start, ref at);
        }

        SkipWhile(text, ref at, char.IsAsciiDigit);
        var isDouble = false;
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            isDouble = true;
            at++;
            SkipWhile(text, ref at, char.IsAsciiDigit);
        }

        isDouble |= Exponent(text, ref at);
        return isDouble ? new Token(TokenKind.Double, start, text[start..at]) : Whole(text, start, ref at);
    }

    private static Token Whole(string text, int start, ref int at)
    {
        var digits = text[start..at];
        if (at < text.Length && text[at] is 'u' or 'U')
        {
            at++;
            return new Token(TokenKind.UInt, start, digits);
        }

        return new Token(TokenKind.Int, start, digits);
    }

    private static bool Exponent(string text, ref int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return false;
        }

        var digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        if (digits >= text.Length || !char.IsAsciiDigit(text[digits]))
        {
            return false;
        }

        at = digits;
        SkipWhile(text, ref at, char.IsAsciiDigit);
        return true;
    }

    private static void SkipWhile(string text, ref int at, Func<char, bool> isPart)
    {
        while (at < text.Length && isPart(text[at]))
        {
            at++;
        }
    }
}
