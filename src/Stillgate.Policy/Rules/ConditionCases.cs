using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// Every combination of values of facts and of terms between which conditions can tell. What holds in all of them holds whatever the facts are: every real case is among them,
/// though not every one of them is real, since a term may take any value of its type. So nothing is claimed wrongly, and not everything that is so is found.
/// </summary>
internal sealed class ConditionCases
{
    /// <summary>More combinations are not tried; the checks that rest on them are then silent.</summary>
    public const int CountMax = 1 << 14;

    private readonly ConditionReader _reader;
    private readonly int _factCount;
    private readonly CompiledExpression[] _conditions;
    private readonly List<ExpressionValue[]> _rows;

    private ConditionCases(ConditionReader reader, int factCount, CompiledExpression[] conditions, List<ExpressionValue[]> rows) =>
        (_reader, _factCount, _conditions, _rows) = (reader, factCount, conditions, rows);

    /// <summary>The terms of which nothing is known but that equal ones have equal values.</summary>
    public IReadOnlyList<FreeTerm> Terms => _reader.Terms;

    /// <summary>The cases of conditions; null where there are too many.</summary>
    /// <param name="conditions">The conditions, as text that compiles.</param>
    /// <param name="schema">The facts.</param>
    public static ConditionCases? Of(IEnumerable<string> conditions, FactSchema schema)
    {
        var reader = new ConditionReader(schema);
        var read = conditions.Select(condition => reader.Read(Parser.Parse(condition))).ToArray();
        if (schema.Count + reader.Terms.Count > ExpressionLimits.FactCountMax)
        {
            return null;
        }

        // Facts that are not known are cases too, as long as there is room for them.
        var whole = reader.Schema();
        return (Rows(reader, schema.Count, whole.Count, withUnknownFacts: true) ?? Rows(reader, schema.Count, whole.Count, withUnknownFacts: false)) is { } rows
            ? new ConditionCases(reader, schema.Count, Array.ConvertAll(read, node => CompiledExpression.Of(node, whole)), rows)
            : null;
    }

    /// <summary>Whether something holds of the truth of the conditions in every case.</summary>
    /// <param name="holds">Given, of each condition in their order, whether it is true.</param>
    public bool All(Func<bool[], bool> holds)
    {
        var truth = new bool[_conditions.Length];
        return _rows.TrueForAll(row =>
        {
            for (var i = 0; i < truth.Length; i++)
            {
                truth[i] = _conditions[i].Evaluate(row).IsTrue;
            }

            return holds(truth) || !IsPossible(row);
        });
    }

    private static List<ExpressionValue[]>? Rows(ConditionReader reader, int factCount, int count, bool withUnknownFacts)
    {
        var rows = new List<ExpressionValue[]> { Enumerable.Range(0, count).Select(CompiledExpression.Unknown).ToArray() };
        foreach (var (slot, domain) in reader.Domains)
        {
            // A term may also have no value: it fails, or hangs on a fact that is not known.
            var withUnknown = withUnknownFacts || slot >= factCount;
            if (domain.Values() is not { } values || (long)rows.Count * (values.Length + (withUnknown ? 1 : 0)) > CountMax)
            {
                return null;
            }

            rows = [.. rows.SelectMany(row => (withUnknown ? values.Append(CompiledExpression.Unknown(slot)) : values).Select(value => With(row, slot, value)))];
        }

        return rows;
    }

    /// <summary>Whether the terms may have these values beside each other and beside these facts; true also where there is no telling.</summary>
    private bool IsPossible(ExpressionValue[] row)
    {
        var exact = Exact(row);
        for (var i = 0; i < Terms.Count; i++)
        {
            if (!IsWhatItIs(i, row, exact) || !Terms.Take(i).Select((_, j) => j).All(j => AgreeWith(i, j, row)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The facts whose value in a row is the value itself and does not stand for others.</summary>
    private ulong Exact(ExpressionValue[] row) => _reader.Domains.Keys
        .Where(slot => slot < _factCount && (!row[slot].IsValue || row[slot].Kind == ValueKind.Bool || (row[slot].Kind == ValueKind.String && !CaseDomain.IsAnyOther(row[slot]))))
        .Aggregate(0UL, (set, slot) => set | (1UL << slot));

    private bool IsWhatItIs(int term, ExpressionValue[] row, ulong exact)
    {
        var (value, standing) = (Terms[term].Value, row[_factCount + term]);
        if (value.FactsRead == 0 || (value.FactsRead & ~exact) != 0)
        {
            return true;
        }

        var real = value.Evaluate(row.AsSpan(0, _factCount));
        return real.IsValue ? standing.IsValue && _reader.Domains[_factCount + term].Stands(standing, real) : !standing.IsValue;
    }

    private bool AgreeWith(int one, int other, ExpressionValue[] row)
    {
        var (first, second) = (Terms[one], Terms[other]);
        var (a, b) = (row[_factCount + one], row[_factCount + other]);

        // Both tests have an answer, or the text that both ask has no value.
        var isTested = first.Test is not { } test || second.Test is not { } with || test.Target != with.Target || (a.IsValue ? b.IsValue && test.CanBe(a.IsTrue, with, b.IsTrue) : !b.IsValue);
        return isTested && IsBeside(first, a, second, b) && IsBeside(second, b, first, a);
    }

    /// <summary>Whether a term can have its value beside another of which it is made, or whose being there it needs.</summary>
    private static bool IsBeside(FreeTerm term, in ExpressionValue value, FreeTerm part, in ExpressionValue of) =>
        !(term.Needs.Contains(part.Text) && of.IsFalse && value.IsValue)
        && !(term.Test is { } test && test.Target == part.Text && value.IsValue && of.Kind == ValueKind.String && !CaseDomain.IsAnyOther(of) && test.IsSoOf(of.AsText) != value.IsTrue);

    private static ExpressionValue[] With(ExpressionValue[] row, int slot, ExpressionValue value)
    {
        var copy = (ExpressionValue[])row.Clone();
        copy[slot] = value;
        return copy;
    }
}
