using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// The values of facts between which conditions can tell: of a text the ones that it is compared with and one other, of a number the bounds
/// and their neighbours, of a list every choice of the members asked for. Trying all of them is a proof, as long as a condition does nothing else
/// with a fact; where it does, there are no cases.
/// </summary>
internal sealed class ConditionCases
{
    /// <summary>More combinations are not tried; the checks that rest on them are then silent.</summary>
    public const int CountMax = 1 << 14;

    private const int MembersMax = 4;

    // No policy compares with it: no file can hold the character.
    private const string AnyOther = "\u0001";

    private readonly FactSchema _schema;
    private readonly SortedDictionary<int, HashSet<string>> _texts = [];
    private readonly SortedDictionary<int, HashSet<long>> _numbers = [];
    private readonly SortedDictionary<int, HashSet<string>> _members = [];
    private readonly SortedSet<int> _flags = [];

    private ConditionCases(FactSchema schema) => _schema = schema;

    /// <summary>Every combination that conditions can tell apart, as rows of facts; null where there is no telling, or there are too many.</summary>
    /// <param name="conditions">The conditions, as text that compiles.</param>
    /// <param name="schema">The facts.</param>
    public static IReadOnlyList<ExpressionValue[]>? Of(IEnumerable<string> conditions, FactSchema schema)
    {
        var cases = new ConditionCases(schema);
        return conditions.All(condition => cases.Collect(Parser.Parse(condition))) ? cases.Rows() : null;
    }

    private bool Collect(Node node) => node switch
    {
        Node.Literal => true,
        Node.Logical logical => Array.TrueForAll(logical.Operands, Collect),
        Node.Conditional choice => Collect(choice.Condition) && Collect(choice.Then) && Collect(choice.Else),
        Node.Operator { Symbol: "!", Right: null } not => Collect(not.Left),
        Node.Operator { Symbol: "==" or "!=", Right: { } right } same => Compared(same.Left, right) || Compared(right, same.Left) || (Collect(same.Left) && Collect(right)),
        Node.Operator { Symbol: "<" or "<=" or ">" or ">=", Right: { } right } order => Bounded(order.Left, right) || Bounded(right, order.Left),
        Node.Operator { Symbol: "in", Right: { } right } within => Listed(within.Left, right) || HasMember(within.Left, right),
        _ => SlotOf(node, "bool") is var slot and >= 0 && (_flags.Add(slot) || true),
    };

    private bool Compared(Node fact, Node value)
    {
        if (value is not Node.Literal { Value: var literal })
        {
            return false;
        }

        return (literal.Kind == ValueKind.String && Add(_texts, SlotOf(fact, "string"), literal.AsText))
            || (literal.Kind == ValueKind.Int && AddBounds(SlotOf(fact, "int"), literal.Bits));
    }

    private bool Bounded(Node fact, Node value) => value is Node.Literal { Value: { Kind: ValueKind.Int } bound } && AddBounds(SlotOf(fact, "int"), bound.Bits);

    private bool Listed(Node fact, Node list) =>
        list is Node.ListLiteral literals && literals.Items.Length > 0
        && Array.TrueForAll(literals.Items, item => item is Node.Literal { Value.Kind: ValueKind.String } text && Add(_texts, SlotOf(fact, "string"), text.Value.AsText));

    private bool HasMember(Node member, Node list) =>
        member is Node.Literal { Value.Kind: ValueKind.String } text && Add(_members, SlotOf(list, "list(string)"), text.Value.AsText);

    private bool AddBounds(int slot, long bound) => Add(_numbers, slot, bound) && Add(_numbers, slot, bound - 1) && Add(_numbers, slot, bound + 1);

    private static bool Add<T>(SortedDictionary<int, HashSet<T>> values, int slot, T value)
    {
        if (slot < 0)
        {
            return false;
        }

        if (!values.TryGetValue(slot, out var known))
        {
            values[slot] = known = [];
        }

        known.Add(value);
        return true;
    }

    private int SlotOf(Node node, string type) =>
        FactSchema.QualifiedName(node) is { } name && _schema.Resolve(name.Name, name.IsAbsolute) is var slot and >= 0 && _schema.Facts[slot].Type.ToString() == type ? slot : -1;

    private List<ExpressionValue[]>? Rows()
    {
        var domains = new List<(int Slot, ExpressionValue[] Values)>();
        domains.AddRange(_flags.Select(slot => (slot, new[] { ExpressionValue.False, ExpressionValue.True })));
        domains.AddRange(_texts.Select(fact => (fact.Key, fact.Value.Order(StringComparer.Ordinal).Append(AnyOther).Select(ExpressionValue.Of).ToArray())));
        domains.AddRange(_numbers.Select(fact => (fact.Key, fact.Value.Order().Select(ExpressionValue.Of).ToArray())));
        foreach (var (slot, members) in _members)
        {
            var ordered = members.Order(StringComparer.Ordinal).ToArray();
            if (ordered.Length > MembersMax)
            {
                return null;
            }

            domains.Add((slot, [.. Enumerable.Range(0, 1 << ordered.Length).Select(set => ExpressionValue.Of(ordered.Where((_, at) => (set & (1 << at)) != 0)))]));
        }

        var blank = Enumerable.Range(0, _schema.Count).Select(CompiledExpression.Unknown).ToArray();
        var rows = new List<ExpressionValue[]> { blank };
        foreach (var (slot, values) in domains)
        {
            if ((long)rows.Count * values.Length > CountMax)
            {
                return null;
            }

            rows = [.. rows.SelectMany(row => values.Select(value => With(row, slot, value)))];
        }

        return rows;
    }

    private static ExpressionValue[] With(ExpressionValue[] row, int slot, ExpressionValue value)
    {
        var copy = (ExpressionValue[])row.Clone();
        copy[slot] = value;
        return copy;
    }
}
