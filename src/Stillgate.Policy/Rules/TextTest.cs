using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>A test of a text against a constant one: how it begins, how it ends, what it contains.</summary>
/// <param name="Target">The text that is tested, as the text of its term.</param>
/// <param name="Function">The test.</param>
/// <param name="Sought">The constant.</param>
internal sealed record TextTest(string Target, string Function, string Sought)
{
    private const string Begins = "startsWith";
    private const string Ends = "endsWith";
    private const string Holds = "contains";

    public static TextTest? Of(Node node) =>
        node is Node.Call { Function: Begins or Ends or Holds, Target: { } target, Arguments: [Node.Literal { Value: { Kind: ValueKind.String } sought }] } call
            ? new TextTest(NodeText.Of(target), call.Function, sought.AsText)
            : null;

    /// <summary>The test's answer for a text.</summary>
    public bool IsSoOf(string text) => Function switch
    {
        Begins => text.StartsWith(Sought, StringComparison.Ordinal),
        Ends => text.EndsWith(Sought, StringComparison.Ordinal),
        _ => text.Contains(Sought, StringComparison.Ordinal),
    };

    /// <summary>Whether one text can give these answers to this test and to another of it.</summary>
    public bool CanBe(bool isSo, TextTest other, bool isOtherSo) =>
        !(isSo && !isOtherSo && Implies(other)) && !(isOtherSo && !isSo && other.Implies(this)) && !(isSo && isOtherSo && Excludes(other));

    private bool Implies(TextTest other) => other.Function switch
    {
        Begins => Function == Begins && Sought.StartsWith(other.Sought, StringComparison.Ordinal),
        Ends => Function == Ends && Sought.EndsWith(other.Sought, StringComparison.Ordinal),
        _ => Sought.Contains(other.Sought, StringComparison.Ordinal),
    };

    private bool Excludes(TextTest other) => Function == other.Function && Function switch
    {
        Begins => !Sought.StartsWith(other.Sought, StringComparison.Ordinal) && !other.Sought.StartsWith(Sought, StringComparison.Ordinal),
        Ends => !Sought.EndsWith(other.Sought, StringComparison.Ordinal) && !other.Sought.EndsWith(Sought, StringComparison.Ordinal),
        _ => false,
    };
}
