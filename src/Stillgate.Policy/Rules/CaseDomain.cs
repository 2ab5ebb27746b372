using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>The values of one fact or term between which conditions can tell: of a text the ones that it is compared with and one other, of a number and a time the bounds and
/// their neighbours, of a list every choice of the members asked for.</summary>
/// <param name="kind">What the values are.</param>
internal sealed class CaseDomain(ValueKind kind)
{
    private const int MembersMax = 4;
    private const int NanosInSecond = 1_000_000_000;

    // No policy compares with it: no file can hold the character.
    private const string AnyOther = "\u0001";

    private readonly SortedSet<string> _texts = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Seconds, int Nanos)> _bounds = [];

    public static bool IsAnyOther(in ExpressionValue value) => value.Kind == ValueKind.String && value.AsText == AnyOther;

    public void Add(IEnumerable<ExpressionValue> compared)
    {
        foreach (var value in compared)
        {
            switch (value.Kind)
            {
                case ValueKind.String:
                    _texts.Add(value.AsText);
                    break;
                case ValueKind.Int:
                    _bounds.UnionWith([(value.Bits, 0), (unchecked(value.Bits - 1), 0), (unchecked(value.Bits + 1), 0)]);
                    break;
                case ValueKind.Timestamp:
                    _bounds.UnionWith([(value.Bits, value.Nanos), Shifted(value, -1), Shifted(value, 1)]);
                    break;
            }
        }
    }

    /// <summary>Whether a value is the one that stands for it here.</summary>
    public bool Stands(in ExpressionValue standing, in ExpressionValue value) => kind switch
    {
        ValueKind.Bool => standing.Bits == value.Bits,
        ValueKind.String => IsAnyOther(standing) ? !_texts.Contains(value.AsText) : standing.AsText == value.AsText,
        _ => true,
    };

    /// <summary>The values to try; null where there are too many.</summary>
    public ExpressionValue[]? Values() => kind switch
    {
        ValueKind.Bool => [ExpressionValue.False, ExpressionValue.True],
        ValueKind.String => [.. _texts.Append(AnyOther).Select(ExpressionValue.Of)],
        ValueKind.Int => [.. _bounds.Select(bound => ExpressionValue.Of(bound.Seconds))],
        ValueKind.Timestamp => [.. _bounds.Select(bound => ExpressionValue.Timestamp(bound.Seconds, bound.Nanos))],
        _ when _texts.Count > MembersMax => null,
        _ => [.. Enumerable.Range(0, 1 << _texts.Count).Select(set => ExpressionValue.Of(_texts.Where((_, at) => (set & (1 << at)) != 0)))],
    };

    private static (long, int) Shifted(in ExpressionValue time, int nanos) => (time.Nanos + nanos) switch
    {
        < 0 => (time.Bits - 1, NanosInSecond - 1),
        NanosInSecond => (time.Bits + 1, 0),
        var within => (time.Bits, within),
    };
}
