using System.Globalization;

namespace Stillgate.Policy.Expressions;

/// <summary>
/// Recursive descent over the grammar of the CEL specification, without message construction. Depth and size are bounded
/// (<see cref="ExpressionLimits"/>), so that no text can exhaust the stack or the memory.
/// </summary>
internal sealed partial class Parser
{
    private static readonly string[] Relations = ["==", "!=", "<", "<=", ">", ">="];

    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;
    private int _nodeCount;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_at];

    public static Node Parse(string text)
    {
        var parser = new Parser(Lexer.Split(text));
        var node = parser.Expression();
        if (parser.Current.Kind != TokenKind.End)
        {
            throw parser.Unexpected("the end of the expression");
        }

        // Chains of one operator lean to the left, a level of the tree each, which the descent itself does not count.
        return node.Depth() <= ExpressionLimits.DepthMax ? node : throw TooDeep(node.Offset);
    }

    private Node Expression()
    {
        Enter();
        var start = Current.Offset;
        var condition = Or();
        if (TryTake("?"))
        {
            var then = Or();
            Take(":");
            condition = Made(new Node.Conditional(start, condition, then, Expression()));
        }

        _depth--;
        return condition;
    }

    private Node Or() => Chain("||", isAnd: false, And);

    private Node And() => Chain("&&", isAnd: true, Relation);

    private Node Chain(string symbol, bool isAnd, Func<Node> part)
    {
        var start = Current.Offset;
        var first = part();
        if (!Current.Is(symbol))
        {
            return first;
        }

        var operands = new List<Node> { first };
        while (TryTake(symbol))
        {
            operands.Add(part());
        }

        return Made(new Node.Logical(start, isAnd, [.. operands]));
    }

    private Node Relation()
    {
        var left = Binary(0);
        while (IsRelation(out var symbol))
        {
            var offset = _tokens[_at++].Offset;
            left = Made(new Node.Operator(offset, symbol, left, Binary(0)));
        }

        return left;
    }

    private bool IsRelation(out string symbol)
    {
        symbol = Current.Text;
        return (Current.Kind == TokenKind.Symbol && Relations.Contains(symbol))
            || (Current.Kind == TokenKind.Identifier && symbol == "in");
    }

    // Level 0 is + and -, level 1 is *, / and %.
    private Node Binary(int level)
    {
        string[] symbols = level == 0 ? ["+", "-"] : ["*", "/", "%"];
        Node Part() => level == 0 ? Binary(1) : Unary();
        var left = Part();
        while (Current.Kind == TokenKind.Symbol && symbols.Contains(Current.Text))
        {
            var token = _tokens[_at++];
            left = Made(new Node.Operator(token.Offset, token.Text, left, Part()));
        }

        return left;
    }

    private Node Unary()
    {
        var token = Current;
        if (token.Is("!"))
        {
            return Prefix(token);
        }

        if (!token.Is("-"))
        {
            return Member();
        }

        // A minus directly before a number belongs to the number: -9223372036854775808 has no positive counterpart.
        var next = _tokens[_at + 1];
        if (next.Kind is TokenKind.Int or TokenKind.Double)
        {
            _at += 2;
            return MemberOf(Number(next, "-"));
        }

        return Prefix(token);
    }

    private Node Prefix(Token token)
    {
        _at++;
        Enter();
        var operand = Unary();
        _depth--;
        return Made(new Node.Operator(token.Offset, token.Text, operand, null));
    }

    private Node Number(Token token, string sign)
    {
        try
        {
            var isHex = token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            var value = token.Kind switch
            {
                TokenKind.Double => ExpressionValue.Of(double.Parse(sign + token.Text, NumberStyles.Float, CultureInfo.InvariantCulture)),
                TokenKind.UInt => ExpressionValue.Of(isHex
                    ? ulong.Parse(token.Text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    : ulong.Parse(token.Text, CultureInfo.InvariantCulture)),
                _ when isHex => ExpressionValue.Of(Hex(token.Text, sign)),
                _ => ExpressionValue.Of(long.Parse(sign + token.Text, CultureInfo.InvariantCulture)),
            };
            return Made(new Node.Literal(token.Offset, value));
        }
        catch (Exception failure) when (failure is OverflowException or FormatException)
        {
            throw new ExpressionException(token.Offset, $"the number {sign}{token.Text} is out of range");
        }
    }

    private static long Hex(string text, string sign)
    {
        var value = ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return sign.Length > 0 ? checked((long)-(Int128)value) : checked((long)value);
    }

    private void Enter()
    {
        if (++_depth > ExpressionLimits.DepthMax)
        {
            throw TooDeep(Current.Offset);
        }
    }

    private static ExpressionException TooDeep(int offset) => new(offset, $"the expression nests deeper than {ExpressionLimits.DepthMax}");

    private Node Made(Node node)
    {
        if (++_nodeCount > ExpressionLimits.NodeCountMax)
        {
            throw new ExpressionException(node.Offset, $"the expression has more than {ExpressionLimits.NodeCountMax} parts");
        }

        return node;
    }

    private bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Take(string symbol)
    {
        if (!TryTake(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private ExpressionException Unexpected(string expected)
    {
        var found = Current.Kind switch
        {
            TokenKind.String or TokenKind.Bytes => "a text literal",
            TokenKind.End => Current.Text,
            _ => $"'{Current.Text}'",
        };
        return new ExpressionException(Current.Offset, $"expected {expected}, found {found}");
    }
}
