namespace Stillgate.Policy.Expressions;

/// <summary>A syntax tree as text again. Two trees have the same text exactly where they are the same but for where they stand, so the text names a term.</summary>
internal static class NodeText
{
    public static string Of(Node node) => node switch
    {
        Node.Literal literal => OfLiteral(literal.Value),
        Node.Identifier name => (name.IsAbsolute ? "." : "") + name.Name,
        Node.Select { TestsPresence: true } select => $"has({Inner(select.Operand)}.{select.Field})",
        Node.Select select => $"{Inner(select.Operand)}.{select.Field}",
        Node.Index index => $"{Inner(index.Operand)}[{Of(index.Key)}]",
        Node.Call call => $"{(call.Target is null ? "" : Inner(call.Target) + ".")}{call.Function}({Join(call.Arguments)})",
        Node.Operator { Right: null } op => op.Symbol + Inner(op.Left),
        Node.Operator op => $"{Inner(op.Left)} {op.Symbol} {Inner(op.Right!)}",
        Node.Logical logical => string.Join(logical.IsAnd ? " && " : " || ", logical.Operands.Select(Inner)),
        Node.Conditional choice => $"{Inner(choice.Condition)} ? {Inner(choice.Then)} : {Inner(choice.Else)}",
        Node.ListLiteral list => $"[{Join(list.Items)}]",
        Node.MapLiteral map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Of(entry.Key)}: {Of(entry.Value)}"))}}}",
        _ => OfMacro((Node.Comprehension)node),
    };

    private static string OfMacro(Node.Comprehension macro)
    {
        Node?[] parts = [macro.Filter, macro.Transform];
        var arguments = new[] { macro.First, macro.Second }.OfType<string>().Concat(parts.Select(part => part is null ? "_" : Of(part)));
        return $"{Inner(macro.Range)}.{macro.Kind}({string.Join(", ", arguments)})";
    }

    private static string OfLiteral(in ExpressionValue value) => value.Kind == ValueKind.String
        ? "'" + value.AsText.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'"
        : value.Kind == ValueKind.Double ? "double " + value : value.ToString();

    private static string Join(IEnumerable<Node> nodes) => string.Join(", ", nodes.Select(Of));

    // Brackets wherever they could be needed: the text must not be that of another tree.
    private static string Inner(Node node) => node is Node.Operator or Node.Logical or Node.Conditional ? $"({Of(node)})" : Of(node);
}
