using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// A part of a condition that is no plain comparison of a fact, such as a function's call. It stands for a value of its type of which nothing more is known than that
/// equal terms have equal values: evaluation is pure.
/// </summary>
/// <param name="Node">The term as written.</param>
/// <param name="Text">The same as text; equal terms have equal texts.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">The term, compiled.</param>
internal sealed record FreeTerm(Node Node, string Text, ExpressionType Type, CompiledExpression Value)
{
    /// <summary>The test of a text that this is, if it is one.</summary>
    public TextTest? Test { get; } = TextTest.Of(Node);

    /// <summary>Whether it is an entry of a map of facts or asks whether there is one: nothing is lost by letting it vary freely.</summary>
    public bool IsEntry => Node is Node.Select;

    /// <summary>The entries of maps without which it has no value, as texts of the questions whether they are there.</summary>
    public IReadOnlySet<string> Needs { get; } = Strict(Node).OfType<Node.Select>().Where(select => !select.TestsPresence)
        .Select(select => NodeText.Of(select with { TestsPresence = true })).ToHashSet(StringComparer.Ordinal);

    // Parts of which a missing value leaves the whole without one: not the sides of 'and', 'or' and a choice.
    private static IEnumerable<Node> Strict(Node node) => node is Node.Call or Node.Operator or Node.Index or Node.Select { TestsPresence: false }
        ? node.Children().SelectMany(Strict).Prepend(node)
        : [node];
}
