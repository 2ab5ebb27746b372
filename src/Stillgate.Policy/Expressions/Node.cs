namespace Stillgate.Policy.Expressions;

/// <summary>The syntax tree of an expression. A closed set of cases; <see cref="Offset"/> is where each starts in the text.</summary>
internal abstract record Node(int Offset)
{
    public sealed record Literal(int Offset, ExpressionValue Value) : Node(Offset);

    public sealed record Identifier(int Offset, string Name, bool IsAbsolute) : Node(Offset);

    /// <summary><c>operand.field</c>, or <c>has(operand.field)</c> where <paramref name="TestsPresence"/>.</summary>
    public sealed record Select(int Offset, Node Operand, string Field, bool TestsPresence) : Node(Offset);

    public sealed record Index(int Offset, Node Operand, Node Key) : Node(Offset);

    public sealed record Call(int Offset, string Function, Node? Target, Node[] Arguments) : Node(Offset);

    /// <summary>A binary or unary operator other than <c>&amp;&amp;</c> and <c>||</c>; a unary one has no <paramref name="Right"/>.</summary>
    public sealed record Operator(int Offset, string Symbol, Node Left, Node? Right) : Node(Offset);

    /// <summary><c>&amp;&amp;</c> or <c>||</c> over all operands of one chain, so that long chains do not nest.</summary>
    public sealed record Logical(int Offset, bool IsAnd, Node[] Operands) : Node(Offset);

    public sealed record Conditional(int Offset, Node Condition, Node Then, Node Else) : Node(Offset);

    public sealed record ListLiteral(int Offset, Node[] Items) : Node(Offset);

    public sealed record MapLiteral(int Offset, (Node Key, Node Value)[] Entries) : Node(Offset);

    /// <summary>A macro over a list or a map. <paramref name="Second"/> is the second variable's name where the macro has two.</summary>
    public sealed record Comprehension(int Offset, MacroKind Kind, Node Range, string First, string? Second, Node? Filter, Node? Transform)
        : Node(Offset);

    /// <summary>Every part directly below this one.</summary>
    public IEnumerable<Node> Children() => this switch
    {
        Select select => [select.Operand],
        Index index => [index.Operand, index.Key],
        Call call => call.Target is null ? call.Arguments : [call.Target, .. call.Arguments],
        Operator op => op.Right is null ? [op.Left] : [op.Left, op.Right],
        Logical logical => logical.Operands,
        Conditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        ListLiteral list => list.Items,
        MapLiteral map => map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
        Comprehension macro => new[] { macro.Range, macro.Filter, macro.Transform }.OfType<Node>(),
        _ => [],
    };

    /// <summary>How many levels the tree has.</summary>
    public int Depth() => 1 + Children().Select(child => child.Depth()).DefaultIfEmpty(0).Max();
}
