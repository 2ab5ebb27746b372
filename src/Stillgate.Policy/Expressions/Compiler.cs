namespace Stillgate.Policy.Expressions;

/// <summary>Turns a syntax tree into delegates. Names are resolved here; at evaluation a fact is an index into an array.</summary>
internal sealed partial class Compiler(FactSchema schema)
{
    private readonly Dictionary<string, int> _locals = new(StringComparer.Ordinal);

    /// <summary>The facts that the compiled expression reads, as a set of slots.</summary>
    public ulong FactsRead { get; private set; }

    public Evaluator Compile(Node node) => Folded(node, CompileNode(node));

    // What hangs on no fact is worked out once: timestamp('...') and 'x in [...]' then allocate nothing on the live path.
    private static Evaluator Folded(Node node, Evaluator evaluate)
    {
        if (node is Node.Literal or Node.Identifier || !IsConstant(node))
        {
            return evaluate;
        }

        var frame = new Frame([]);
        return Constant(evaluate(ref frame));
    }

    /// <summary>Whether a part hangs on no fact.</summary>
    public static bool IsConstant(Node node) =>
        node is not (Node.Identifier or Node.Comprehension) && node.Children().All(IsConstant);

    private Evaluator CompileNode(Node node) => node switch
    {
        Node.Literal literal => Constant(literal.Value),
        Node.Identifier name => CompileName(name),
        Node.Select select => CompileSelect(select),
        Node.Index index => CompileIndex(index),
        Node.Call call => CompileCall(call),
        Node.Operator op => CompileOperator(op),
        Node.Logical logical => CompileLogical(logical),
        Node.Conditional conditional => CompileConditional(conditional),
        Node.ListLiteral list => CompileList(list),
        Node.MapLiteral map => CompileMap(map),
        _ => CompileMacro((Node.Comprehension)node),
    };

    private static Evaluator Constant(ExpressionValue value) => (ref _) => value;

    private Evaluator CompileName(Node.Identifier name)
    {
        if (!name.IsAbsolute && _locals.TryGetValue(name.Name, out var local))
        {
            return (ref frame) => frame.Locals[local];
        }

        if (schema.Resolve(name.Name, name.IsAbsolute) is >= 0 and var slot)
        {
            return Fact(slot);
        }

        return Constant(Checker.IsTypeName(name.Name)
            ? ExpressionValue.TypeNamed(name.Name switch { "timestamp" => "google.protobuf.Timestamp", "duration" => "google.protobuf.Duration", var n => n })
            : ExpressionValue.Error($"undeclared reference to '{name.Name}'"));
    }

    private Evaluator Fact(int slot)
    {
        FactsRead |= 1UL << slot;
        return (ref frame) => frame.Facts[slot];
    }

    private Evaluator CompileSelect(Node.Select select)
    {
        if (FactSchema.QualifiedName(select) is { } name
            && !_locals.ContainsKey(FactSchema.RootOf(name.Name))
            && schema.Resolve(name.Name, name.IsAbsolute) is >= 0 and var slot)
        {
            return Fact(slot);
        }

        var operand = Compile(select.Operand);
        var field = ExpressionValue.Of(select.Field);
        var missing = ExpressionValue.Error($"no such key: '{select.Field}'");
        if (select.TestsPresence)
        {
            return (ref frame) =>
            {
                var value = operand(ref frame);
                return !value.IsValue ? value
                    : value.Kind == ValueKind.Map ? ExpressionValue.Of(value.AsMap.TryGet(field, out _))
                    : Operations.NoOverload;
            };
        }

        return (ref frame) =>
        {
            var value = operand(ref frame);
            return !value.IsValue ? value
                : value.Kind != ValueKind.Map ? Operations.NoOverload
                : value.AsMap.TryGet(field, out var found) ? found : missing;
        };
    }

    private Evaluator CompileIndex(Node.Index index)
    {
        var operand = Compile(index.Operand);
        var key = Compile(index.Key);
        return (ref frame) =>
        {
            var container = operand(ref frame);
            var at = key(ref frame);
            return container.IsValue && at.IsValue ? Containers.At(container, at) : Operations.Absorb(container, at);
        };
    }

    private Evaluator CompileList(Node.ListLiteral list)
    {
        var items = Array.ConvertAll(list.Items, Compile);
        return (ref frame) =>
        {
            var values = new ExpressionValue[items.Length];
            var failure = ExpressionValue.Null;
            for (var i = 0; i < items.Length; i++)
            {
                values[i] = items[i](ref frame);
                failure = values[i].IsValue ? failure : Operations.Absorb(failure, values[i]);
            }

            return failure.Kind == ValueKind.Null ? ExpressionValue.List(values) : failure;
        };
    }

    private Evaluator CompileMap(Node.MapLiteral map)
    {
        var entries = Array.ConvertAll(map.Entries, entry => (Key: Compile(entry.Key), Value: Compile(entry.Value)));
        return (ref frame) =>
        {
            var built = new ValueMap(entries.Length);
            var failure = ExpressionValue.Null;
            foreach (var entry in entries)
            {
                var key = entry.Key(ref frame);
                var value = entry.Value(ref frame);
                if (!key.IsValue || !value.IsValue)
                {
                    failure = Operations.Absorb(failure, Operations.Absorb(key, value));
                }
                else if (!ValueMap.IsKey(key.Kind) || !built.TryAdd(key, value))
                {
                    failure = Operations.Absorb(failure, ExpressionValue.Error("unsupported or repeated key"));
                }
            }

            return failure.Kind == ValueKind.Null ? ExpressionValue.Map(built) : failure;
        };
    }

    private Evaluator CompileConditional(Node.Conditional conditional)
    {
        var condition = Compile(conditional.Condition);
        var then = Compile(conditional.Then);
        var other = Compile(conditional.Else);
        return (ref frame) =>
        {
            var value = condition(ref frame);
            return value.Kind == ValueKind.Bool ? (value.Bits != 0 ? then(ref frame) : other(ref frame))
                : value.IsValue ? Operations.NoOverload : value;
        };
    }

    private Evaluator CompileLogical(Node.Logical logical)
    {
        var operands = Array.ConvertAll(logical.Operands, Compile);
        var deciding = logical.IsAnd ? 0L : 1L;
        return (ref frame) =>
        {
            // The deciding value absorbs everything; otherwise a missing fact outweighs an error, and an error outweighs the rest.
            var result = ExpressionValue.Of(deciding == 0);
            foreach (var operand in operands)
            {
                var value = operand(ref frame);
                if (value.Kind != ValueKind.Bool)
                {
                    result = Operations.Absorb(result, value.IsValue ? Operations.NoOverload : value);
                }
                else if (value.Bits == deciding)
                {
                    return value;
                }
            }

            return result;
        };
    }
}
