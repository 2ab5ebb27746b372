using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// Brings conditions into the form in which their cases can be tried: comparisons of facts with constants stay and give the values to try; everything else that is true
/// or false, or is compared with constants, becomes a variable, the same one wherever the same term stands.
/// </summary>
internal sealed class ConditionReader(FactSchema schema)
{
    private readonly List<FreeTerm> _terms = [];
    private readonly SortedDictionary<int, CaseDomain> _domains = [];

    /// <summary>The terms that became variables; the slot of each is the number of facts and its place here.</summary>
    public IReadOnlyList<FreeTerm> Terms => _terms;

    /// <summary>By slot, the values between which the conditions can tell.</summary>
    public IReadOnlyDictionary<int, CaseDomain> Domains => _domains;

    /// <summary>The facts and the variables.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public FactSchema Schema() => new(schema.Facts.Concat(_terms.Select((term, at) => (NameOf(at), term.Type))));

    /// <summary>Reads a condition, or a part of one that is true or false.</summary>
    public Node Read(Node node) => node switch
    {
        Node.Literal => node,
        Node.Logical logical => logical with { Operands = Array.ConvertAll(logical.Operands, Read) },
        Node.Conditional choice => choice with { Condition = Read(choice.Condition), Then = Read(choice.Then), Else = Read(choice.Else) },
        Node.Operator { Symbol: "!", Right: null } not => not with { Left = Read(not.Left) },
        Node.Operator { Symbol: "==" or "!=", Right: { } right } same => ReadEquality(same, right),
        Node.Operator { Symbol: ">" or ">=", Right: { } right } order => ReadOrder(order with { Symbol = order.Symbol == ">" ? "<" : "<=", Left = right, Right = order.Left }, order.Left),
        Node.Operator { Symbol: "<" or "<=", Right: { } right } order => ReadOrder(order, right),
        Node.Operator { Symbol: "in", Right: { } right } within => ReadMembership(within, right),
        _ => Flag(node),
    };

    private static string NameOf(int term) => "\u0001" + term.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Node ReadEquality(Node.Operator same, Node right)
    {
        if (Constant(right) is { } value && Variable(same.Left, value.Kind, [value]) is { } left)
        {
            return same with { Left = left };
        }

        if (Constant(same.Left) is { } first && Variable(right, first.Kind, [first]) is { } other)
        {
            return same with { Right = other };
        }

        if (TypeOf(same.Left) == "bool" && TypeOf(right) == "bool")
        {
            return same with { Left = Read(same.Left), Right = Read(right) };
        }

        // Which side stands first makes no difference, so one order is the term's.
        var isInOrder = string.CompareOrdinal(NodeText.Of(same.Left), NodeText.Of(right)) <= 0;
        var equal = Flag(same with { Symbol = "==", Left = isInOrder ? same.Left : right, Right = isInOrder ? right : same.Left });
        return same.Symbol == "==" ? equal : Not(equal);
    }

    private Node ReadOrder(Node.Operator order, Node right)
    {
        if (Bound(right) is { } upper && Variable(order.Left, upper.Kind, [upper]) is { } left)
        {
            return order with { Left = left };
        }

        if (Bound(order.Left) is { } lower && Variable(right, lower.Kind, [lower]) is { } other)
        {
            return order with { Right = other };
        }

        // Of two values of one order exactly one of 'a <= b' and 'b < a' holds; with doubles, which may be no number, neither may.
        return order.Symbol == "<=" && TypeOf(order.Left) is "int" or "string" or "timestamp" or "duration" && TypeOf(order.Left) == TypeOf(right)
            ? Not(Flag(order with { Symbol = "<", Left = right, Right = order.Left }))
            : Flag(order);
    }

    private Node ReadMembership(Node.Operator within, Node right)
    {
        if (Constant(right) is { Kind: ValueKind.List } list && list.AsList is { Length: > 0 } items
            && Array.TrueForAll(items, item => item.Kind == ValueKind.String) && Variable(within.Left, ValueKind.String, items) is { } member)
        {
            return within with { Left = member };
        }

        return Constant(within.Left) is { Kind: ValueKind.String } text && Variable(right, ValueKind.List, [text]) is { } of ? within with { Right = of } : Flag(within);
    }

    private Node Flag(Node node) => Constant(node) is not null ? node : Variable(node, ValueKind.Bool, []) ?? Term(node, ExpressionType.Bool, ValueKind.Bool, []);

    /// <summary>The fact itself, or a term's variable, where it is of the kind's type; null where it is not, or where no values of the kind can be tried.</summary>
    private Node? Variable(Node node, ValueKind kind, ExpressionValue[] compared)
    {
        ExpressionType? type = kind switch
        {
            ValueKind.Bool => ExpressionType.Bool,
            ValueKind.String => ExpressionType.String,
            ValueKind.Int => ExpressionType.Int,
            ValueKind.Timestamp => ExpressionType.Timestamp,
            ValueKind.List => ExpressionType.List(ExpressionType.String),
            _ => null,
        };

        // What a map of facts holds is checked when it is evaluated: where it is no text it is unlike every text.
        if (type is null || TypeOf(node) != type.ToString() || Constant(node) is not null)
        {
            return null;
        }

        if (FactSchema.QualifiedName(node) is { } name && schema.Resolve(name.Name, name.IsAbsolute) is >= 0 and var slot)
        {
            DomainOf(slot, kind).Add(compared);
            return node;
        }

        return kind == ValueKind.Bool && compared.Length > 0 ? null : Term(node, type, kind, compared);
    }

    private Node.Identifier Term(Node node, ExpressionType type, ValueKind kind, ExpressionValue[] compared)
    {
        var text = NodeText.Of(node);
        var at = _terms.FindIndex(term => term.Text == text && term.Type == type);
        if (at < 0)
        {
            at = _terms.Count;
            _terms.Add(new FreeTerm(node, text, type, CompiledExpression.Of(node, schema)));
        }

        DomainOf(schema.Count + at, kind).Add(compared);
        return new Node.Identifier(node.Offset, NameOf(at), IsAbsolute: true);
    }

    private CaseDomain DomainOf(int slot, ValueKind kind) => _domains.TryGetValue(slot, out var known) ? known : _domains[slot] = new CaseDomain(kind);

    private string TypeOf(Node node) => new Checker(schema).Check(node).ToString();

    private static Node.Operator Not(Node node) => new(node.Offset, "!", node, Right: null);

    private ExpressionValue? Bound(Node node) => Constant(node) is { Kind: ValueKind.Int or ValueKind.Timestamp } bound ? bound : null;

    private ExpressionValue? Constant(Node node) => Compiler.IsConstant(node) ? CompiledExpression.Of(node, schema).Evaluate([]) : null;
}
