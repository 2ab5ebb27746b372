namespace Stillgate.Policy.Expressions;

internal sealed partial class Parser
{
    // Reserved by the specification for languages that host CEL; they may still be fields and receiver functions.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    };

    private Node Member() => MemberOf(Primary());

    private Node MemberOf(Node operand)
    {
        while (true)
        {
            if (TryTake("."))
            {
                operand = Made(AfterDot(operand));
            }
            else if (Current.Is("["))
            {
                var offset = _tokens[_at++].Offset;
                var key = Expression();
                Take("]");
                operand = Made(new Node.Index(offset, operand, key));
            }
            else
            {
                return operand;
            }
        }
    }

    private Node AfterDot(Node operand)
    {
        var name = Current;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            throw Unexpected("a name after '.'");
        }

        _at++;
        if (name.Kind == TokenKind.Identifier && TryTake("("))
        {
            return Macros.TryExpand(name.Offset, operand, name.Text, Arguments(")"), out var arguments)
                ?? new Node.Call(name.Offset, name.Text, operand, arguments);
        }

        return new Node.Select(name.Offset, operand, name.Text, TestsPresence: false);
    }

    private Node[] Arguments(string closing)
    {
        var arguments = new List<Node>();
        while (!TryTake(closing))
        {
            arguments.Add(Expression());
            if (!Current.Is(closing))
            {
                Take(",");
            }
        }

        return [.. arguments];
    }

    private Node Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Int or TokenKind.UInt or TokenKind.Double:
                _at++;
                return Number(token, string.Empty);
            case TokenKind.String:
                _at++;
                return Made(new Node.Literal(token.Offset, ExpressionValue.Of(token.Text)));
            case TokenKind.Bytes:
                _at++;
                return Made(new Node.Literal(token.Offset, ExpressionValue.Bytes(token.Bytes!)));
            case TokenKind.Identifier:
                return Name(isAbsolute: false);
        }

        if (TryTake("."))
        {
            return Name(isAbsolute: true);
        }

        if (TryTake("("))
        {
            var inner = Expression();
            Take(")");
            return inner;
        }

        if (TryTake("["))
        {
            return Made(new Node.ListLiteral(token.Offset, Arguments("]")));
        }

        return TryTake("{") ? Made(new Node.MapLiteral(token.Offset, Entries())) : throw Unexpected("a value");
    }

    private (Node Key, Node Value)[] Entries()
    {
        var entries = new List<(Node, Node)>();
        while (!TryTake("}"))
        {
            var key = Expression();
            Take(":");
            entries.Add((key, Expression()));
            if (!Current.Is("}"))
            {
                Take(",");
            }
        }

        return [.. entries];
    }

    private Node Name(bool isAbsolute)
    {
        var token = Current;
        if (token.Kind != TokenKind.Identifier || Reserved.Contains(token.Text))
        {
            throw token.Kind == TokenKind.Identifier
                ? new ExpressionException(token.Offset, $"'{token.Text}' is a reserved word")
                : Unexpected("a name");
        }

        _at++;
        if (!isAbsolute && token.Text is "true" or "false" or "null")
        {
            var value = token.Text switch { "true" => ExpressionValue.True, "false" => ExpressionValue.False, _ => ExpressionValue.Null };
            return Made(new Node.Literal(token.Offset, value));
        }

        if (TryTake("("))
        {
            var arguments = Arguments(")");
            return Made(token.Text == "has"
                ? Macros.Has(token.Offset, arguments)
                : new Node.Call(token.Offset, token.Text, null, arguments));
        }

        return Made(new Node.Identifier(token.Offset, token.Text, isAbsolute));
    }
}
