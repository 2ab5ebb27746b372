namespace Stillgate.Policy.Expressions;

/// <summary>The specification's macros, with one variable and (its second macro set) with two.</summary>
internal static class Macros
{
    public static Node Has(int offset, Node[] arguments) =>
        arguments is [Node.Select { TestsPresence: false } select]
            ? select with { TestsPresence = true }
            : throw new ExpressionException(offset, "has() takes one selection, as in has(a.b)");

    /// <returns>The macro, or null where the call is no macro; <paramref name="arguments"/> are then the call's.</returns>
    public static Node? TryExpand(int offset, Node range, string name, Node[] given, out Node[] arguments)
    {
        arguments = given;
        return (name, given.Length) switch
        {
            ("all", 2) => Make(MacroKind.All, 1, 1, null),
            ("all", 3) => Make(MacroKind.All, 2, 2, null),
            ("exists", 2) => Make(MacroKind.Exists, 1, 1, null),
            ("exists", 3) => Make(MacroKind.Exists, 2, 2, null),
            ("exists_one" or "existsOne", 2) => Make(MacroKind.ExistsOne, 1, 1, null),
            ("existsOne", 3) => Make(MacroKind.ExistsOne, 2, 2, null),
            ("filter", 2) => Make(MacroKind.Filter, 1, 1, null),
            ("map", 2) => Make(MacroKind.Map, 1, null, 1),
            ("map", 3) => Make(MacroKind.Map, 1, 1, 2),
            ("transformList", 3) => Make(MacroKind.Map, 2, null, 2),
            ("transformList", 4) => Make(MacroKind.Map, 2, 2, 3),
            ("transformMap", 3) => Make(MacroKind.TransformMap, 2, null, 2),
            ("transformMap", 4) => Make(MacroKind.TransformMap, 2, 2, 3),
            _ => null,
        };

        Node Make(MacroKind kind, int variableCount, int? filter, int? transform) => new Node.Comprehension(
            offset,
            kind,
            range,
            Variable(given[0]),
            variableCount == 2 ? Variable(given[1]) : null,
            filter is { } f ? given[f] : null,
            transform is { } t ? given[t] : null);
    }

    private static string Variable(Node node) =>
        node is Node.Identifier { IsAbsolute: false } name
            ? name.Name
            : throw new ExpressionException(node.Offset, "a macro's variable must be a plain name");
}
