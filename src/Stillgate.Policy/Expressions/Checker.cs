using static Stillgate.Policy.Expressions.ExpressionType;

namespace Stillgate.Policy.Expressions;

/// <summary>Deduces the type of every part and refuses what can never be right. Collects all mistakes, not only the first.</summary>
internal sealed class Checker(FactSchema schema)
{
    private static readonly Dictionary<string, ExpressionType> TypeNames = new(StringComparer.Ordinal)
    {
        ["bool"] = TypeOf(Bool),
        ["int"] = TypeOf(Int),
        ["uint"] = TypeOf(UInt),
        ["double"] = TypeOf(ExpressionType.Double),
        ["string"] = TypeOf(ExpressionType.String),
        ["bytes"] = TypeOf(Bytes),
        ["null_type"] = TypeOf(Null),
        ["list"] = TypeOf(List(Dyn)),
        ["map"] = TypeOf(Map(Dyn, Dyn)),
        ["type"] = TypeOf(TypeOfTypes),
        ["timestamp"] = TypeOf(Timestamp),
        ["duration"] = TypeOf(Duration),
    };

    private readonly Dictionary<string, ExpressionType> _locals = new(StringComparer.Ordinal);

    public List<ExpressionException> Problems { get; } = [];

    public static bool IsTypeName(string name) => TypeNames.ContainsKey(name);

    public ExpressionType Check(Node node) => node switch
    {
        Node.Literal literal => TypeOfLiteral(literal.Value),
        Node.Identifier name => CheckName(name),
        Node.Select select => CheckSelect(select),
        Node.Index index => CheckIndex(index),
        Node.Call call => CheckCall(call),
        Node.Operator op => CheckOperator(op),
        Node.Logical logical => CheckLogical(logical),
        Node.Conditional conditional => CheckConditional(conditional),
        Node.ListLiteral list => List(Joined(list.Items)),
        Node.MapLiteral map => CheckMap(map),
        _ => CheckMacro((Node.Comprehension)node),
    };

    private static ExpressionType TypeOfLiteral(ExpressionValue value) => value.Kind switch
    {
        ValueKind.Null => Null,
        ValueKind.Bool => Bool,
        ValueKind.Int => Int,
        ValueKind.UInt => UInt,
        ValueKind.Double => ExpressionType.Double,
        ValueKind.String => ExpressionType.String,
        _ => Bytes,
    };

    private ExpressionType CheckName(Node.Identifier name)
    {
        if (!name.IsAbsolute && _locals.TryGetValue(name.Name, out var local))
        {
            return local;
        }

        var slot = schema.Resolve(name.Name, name.IsAbsolute);
        if (slot >= 0)
        {
            return schema.Facts[slot].Type;
        }

        return TypeNames.GetValueOrDefault(name.Name) ?? Wrong(name, $"'{name.Name}' is no known fact");
    }

    private ExpressionType CheckSelect(Node.Select select)
    {
        if (FactSchema.QualifiedName(select) is { } name && !_locals.ContainsKey(FactSchema.RootOf(name.Name)))
        {
            var slot = schema.Resolve(name.Name, name.IsAbsolute);
            if (slot >= 0)
            {
                return schema.Facts[slot].Type;
            }

            if (NearestFact(name) is { } hint)
            {
                return Wrong(select, hint);
            }
        }

        var operand = Check(select.Operand);
        if (operand.Name != "map" && !operand.IsDynamic)
        {
            return Wrong(select, $"{operand} has no field '{select.Field}'");
        }

        return select.TestsPresence ? Bool : operand.Second is { } value && value != Free ? value : Dyn;
    }

    // 'party.us_persn' would otherwise read "'party' is no known fact", which hides what is wrong.
    private string? NearestFact((string Name, bool IsAbsolute) name)
    {
        var isPrefixKnown = name.Name.Split('.').Where((_, i) => i > 0)
            .Select((_, i) => string.Join('.', name.Name.Split('.').Take(i + 1)))
            .Any(prefix => schema.Resolve(prefix, name.IsAbsolute) >= 0);
        var siblings = schema.Facts.Select(fact => fact.Name)
            .Where(fact => fact.StartsWith(FactSchema.RootOf(name.Name) + ".", StringComparison.Ordinal)).ToArray();
        return isPrefixKnown || siblings.Length == 0 ? null : $"'{name.Name}' is no known fact; known are {string.Join(", ", siblings)}";
    }

    private ExpressionType CheckIndex(Node.Index index)
    {
        var operand = Check(index.Operand);
        var key = Check(index.Key);
        if (operand.IsDynamic)
        {
            return Dyn;
        }

        var wanted = operand.Name switch { "list" => Int, "map" => operand.First!, _ => null };
        if (wanted is null || !key.Fits(wanted))
        {
            return Wrong(index, wanted is null ? $"{operand} cannot be indexed" : $"{operand} is indexed by {wanted}, not by {key}");
        }

        var element = operand.Second ?? operand.First!;
        return element == Free ? Dyn : element;
    }

    private ExpressionType CheckCall(Node.Call call)
    {
        var target = call.Target is null ? null : Check(call.Target);
        ExpressionType[] arguments = [.. target is null ? [] : new[] { target }, .. call.Arguments.Select(Check)];
        var name = target is null ? call.Function : "." + call.Function;
        if (!Overloads.Knows(name))
        {
            return Wrong(call, $"there is no function '{call.Function}'");
        }

        var result = (call.Function, arguments) switch
        {
            ("dyn", [_]) => Dyn,
            ("type", [var inner]) => TypeOf(inner == Free ? Dyn : inner),
            ("size", [var sized]) => sized.IsDynamic || sized.Name is "string" or "bytes" or "list" or "map" ? Int : null,
            _ => Overloads.Resolve(name, arguments),
        };
        return result ?? Wrong(call, $"'{call.Function}' does not take ({string.Join(", ", arguments.Select(a => a.ToString()))})");
    }

    private ExpressionType CheckOperator(Node.Operator op)
    {
        var left = Check(op.Left);
        if (op.Right is null)
        {
            return Overloads.Resolve(op.Symbol == "-" ? "unary -" : op.Symbol, left) ?? Wrong(op, $"'{op.Symbol}' does not take {left}");
        }

        var right = Check(op.Right);
        var result = op.Symbol switch
        {
            "==" or "!=" => left.Fits(right) ? Bool : null,
            "<" or "<=" or ">" or ">=" => IsOrdered(left, right) ? Bool : null,
            "in" => IsContained(left, right) ? Bool : null,
            "+" when left.Name == "list" && right.Name == "list" => left.Join(right),
            "+" when (left.IsDynamic && right.Name == "list") || (right.IsDynamic && left.Name == "list") => Dyn,
            _ => Overloads.Resolve(op.Symbol, left, right),
        };
        return result ?? Wrong(op, $"'{op.Symbol}' does not take {left} and {right}");
    }

    private static bool IsOrdered(ExpressionType left, ExpressionType right) =>
        (left.IsNumber && right.IsNumber)
        || (left.Fits(right) && IsOrderable(left) && IsOrderable(right));

    private static bool IsOrderable(ExpressionType type) =>
        type.IsDynamic || type.IsNumber || type.Name is "bool" or "string" or "bytes" or "timestamp" or "duration";

    private static bool IsContained(ExpressionType element, ExpressionType container) =>
        container.IsDynamic || (container.Name is "list" or "map" && element.Fits(container.First!));

    private ExpressionType CheckLogical(Node.Logical logical)
    {
        foreach (var operand in logical.Operands)
        {
            Expect(operand, Bool);
        }

        return Bool;
    }

    private ExpressionType CheckConditional(Node.Conditional conditional)
    {
        Expect(conditional.Condition, Bool);
        var then = Check(conditional.Then);
        var other = Check(conditional.Else);
        return then.Fits(other) ? then.Join(other) : Wrong(conditional, $"the branches differ: {then} and {other}");
    }

    private ExpressionType CheckMap(Node.MapLiteral map) =>
        Map(Joined(map.Entries.Select(entry => entry.Key)), Joined(map.Entries.Select(entry => entry.Value)));

    private ExpressionType Joined(IEnumerable<Node> items) => items.Select(Check).Aggregate(Free, (joined, item) => joined.Join(item));

    private ExpressionType CheckMacro(Node.Comprehension macro)
    {
        var range = Check(macro.Range);
        if (range.Name is not ("list" or "map") && !range.IsDynamic)
        {
            return Wrong(macro, $"a macro goes over a list or a map, not over {range}");
        }

        var outer = new Dictionary<string, ExpressionType>(_locals, StringComparer.Ordinal);
        var first = range.First ?? Dyn;
        _locals[macro.First] = macro.Second is not null && range.Name == "list" ? Int : first == Free ? Dyn : first;
        if (macro.Second is not null)
        {
            var second = range.Name == "list" ? first : range.Second ?? Dyn;
            _locals[macro.Second] = second == Free ? Dyn : second;
        }

        if (macro.Filter is not null)
        {
            Expect(macro.Filter, Bool);
        }

        var transform = macro.Transform is null ? null : Check(macro.Transform);
        _locals.Clear();
        foreach (var (name, type) in outer)
        {
            _locals[name] = type;
        }

        return macro.Kind switch
        {
            MacroKind.Map => List(transform!),
            MacroKind.TransformMap => Map(first, transform!),
            MacroKind.Filter => List(first),
            _ => Bool,
        };
    }

    private void Expect(Node node, ExpressionType wanted)
    {
        var found = Check(node);
        if (!found.Fits(wanted))
        {
            Wrong(node, $"expected {wanted}, found {found}");
        }
    }

    private ExpressionType Wrong(Node node, string message)
    {
        Problems.Add(new ExpressionException(node.Offset, message));
        return Dyn;
    }
}
