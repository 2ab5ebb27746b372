namespace Stillgate.Policy.Expressions;

/// <summary>
/// A checked expression, ready to evaluate. Immutable and safe to share. Evaluation is pure, ends, and is bounded in steps and
/// in stack; it allocates only where the expression itself builds a list, a map or text.
/// </summary>
public sealed class CompiledExpression
{
    private readonly Evaluator _evaluate;

    private CompiledExpression(string text, ExpressionType type, Evaluator evaluate, ulong factsRead)
    {
        Text = text;
        Type = type;
        _evaluate = evaluate;
        FactsRead = factsRead;
    }

    /// <summary>The source text.</summary>
    public string Text { get; }

    /// <summary>The deduced type.</summary>
    public ExpressionType Type { get; }

    /// <summary>The facts that evaluation may read: bit n stands for slot n of the schema.</summary>
    public ulong FactsRead { get; }

    /// <summary>Parses, checks and compiles.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="schema">The facts that it may name.</param>
    /// <param name="problems">Everything that is wrong, in order of position; empty exactly where the result is not null.</param>
    public static CompiledExpression? TryCompile(string text, FactSchema schema, out IReadOnlyList<ExpressionException> problems)
    {
        try
        {
            var node = Parser.Parse(text);
            var checker = new Checker(schema);
            var type = checker.Check(node);
            problems = [.. checker.Problems.OrderBy(problem => problem.Column)];
            return problems.Count > 0 ? null : Make(text, schema, node, type);
        }
        catch (ExpressionException problem)
        {
            problems = [problem];
            return null;
        }
    }

    /// <summary>Compiles without the type check, as the conformance suite asks for in places; mistakes become errors of evaluation.</summary>
    internal static CompiledExpression CompileUnchecked(string text, FactSchema schema) =>
        Make(text, schema, Parser.Parse(text), ExpressionType.Dyn);

    /// <summary>Compiles a part of an expression that was checked.</summary>
    internal static CompiledExpression Of(Node node, FactSchema schema) => Make(NodeText.Of(node), schema, node, ExpressionType.Dyn);

    /// <summary>Evaluates over facts in slot order; a fact that is not known stands as <see cref="Unknown"/> of its slot.</summary>
    public ExpressionValue Evaluate(ReadOnlySpan<ExpressionValue> facts)
    {
        var frame = new Frame(facts);
        return _evaluate(ref frame);
    }

    /// <summary>The value of a fact that is not known.</summary>
    public static ExpressionValue Unknown(int slot) => ExpressionValue.Undetermined(1UL << slot);

    /// <summary>The facts that an undetermined result lacked, as a set of slots; empty for any other result.</summary>
    public static ulong MissingFacts(in ExpressionValue result) =>
        result.Kind == ValueKind.Undetermined ? unchecked((ulong)result.Bits) : 0;

    private static CompiledExpression Make(string text, FactSchema schema, Node node, ExpressionType type)
    {
        var compiler = new Compiler(schema);
        var evaluate = compiler.Compile(node);
        return new CompiledExpression(text, type, evaluate, compiler.FactsRead);
    }
}
