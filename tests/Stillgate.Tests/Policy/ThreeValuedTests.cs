using Stillgate.Policy.Expressions;
using Xunit;

namespace Stillgate.Tests.Policy;

/// <summary>
/// Compiled conditions against a slow evaluator that knows nothing but the definition: a result is certain exactly where the connectives make it so,
/// and a certain result is the same however the missing facts turn out.
/// </summary>
public sealed class ThreeValuedTests
{
    private const int Conditions = 1500;
    private const int FactCount = 5;

    private static readonly FactSchema Schema = new(
        [("a", ExpressionType.Bool), ("b", ExpressionType.Bool), ("c", ExpressionType.Bool), ("s", ExpressionType.String), ("t", ExpressionType.String)]);

    [Fact]
    public void Evaluate_RandomConditionsWithMissingFacts_AgreesWithTheSlowEvaluator()
    {
        var random = new Random(20_261_129);
        var (certain, open) = (0, 0);
        for (var made = 0; made < Conditions; made++)
        {
            var (text, slow) = Make(random, depth: 4);
            var compiled = CompiledExpression.TryCompile(text, Schema, out var problems);
            Assert.True(compiled is not null, text + ": " + string.Join("; ", problems));
            foreach (var facts in Rows())
            {
                var result = compiled.Evaluate(Values(facts));
                var wanted = slow(facts);
                Assert.True(wanted == (result.Kind == ValueKind.Undetermined ? null : result.IsTrue), $"{text} over {string.Join(',', facts)}: {result}, slow {wanted}");
                certain += wanted is null ? 0 : 1;
                open += wanted is null ? 1 : 0;
            }
        }

        Assert.True(certain > 10_000 && open > 10_000, $"{certain} certain, {open} open");
    }

    [Fact]
    public void Evaluate_CertainThoughFactsAreMissing_StaysWhateverTheyTurnOutToBe()
    {
        var random = new Random(7);
        var checkedOnes = 0;
        for (var made = 0; made < Conditions; made++)
        {
            var compiled = CompiledExpression.TryCompile(Make(random, depth: 4).Text, Schema, out _)!;
            foreach (var facts in Rows().Where(row => row.Contains(null)))
            {
                var result = compiled.Evaluate(Values(facts));
                if (result.Kind == ValueKind.Undetermined)
                {
                    continue;
                }

                checkedOnes++;
                Assert.All(Completions(facts), whole => Assert.Equal(result.IsTrue, compiled.Evaluate(Values(whole)).IsTrue));
            }
        }

        Assert.True(checkedOnes > 10_000);
    }

    private static (string Text, Func<bool?[], bool?> Slow) Make(Random random, int depth)
    {
        var choice = depth == 0 ? random.Next(2) : random.Next(6);
        switch (choice)
        {
            case 0:
                var flag = random.Next(3);
                return ("abc"[flag].ToString(), row => row[flag]);
            case 1:
                // A text stands in a row as whether it is 'x'.
                var text = 3 + random.Next(2);
                return random.Next(2) == 0 ? ("st"[text - 3] + " == 'x'", row => row[text]) : ("st"[text - 3] + " in ['y', 'z']", row => !row[text]);
            case 2:
                var inner = Make(random, depth - 1);
                return ($"!({inner.Text})", row => !inner.Slow(row));
            case 3:
                var (one, other) = (Make(random, depth - 1), Make(random, depth - 1));
                return ($"({one.Text}) && ({other.Text})", row => And(one.Slow(row), other.Slow(row)));
            case 4:
                var (left, right) = (Make(random, depth - 1), Make(random, depth - 1));
                return ($"({left.Text}) || ({right.Text})", row => !And(!left.Slow(row), !right.Slow(row)));
            default:
                var (when, then, otherwise) = (Make(random, depth - 1), Make(random, depth - 1), Make(random, depth - 1));
                return ($"({when.Text}) ? ({then.Text}) : ({otherwise.Text})", row => when.Slow(row) is { } known ? (known ? then.Slow(row) : otherwise.Slow(row)) : null);
        }
    }

    private static bool? And(bool? one, bool? other) => one == false || other == false ? false : one is null || other is null ? null : true;

    private static IEnumerable<bool?[]> Rows() => Enumerable.Range(0, 243).Select(number =>
        Enumerable.Range(0, FactCount).Select(fact => (number / (int)Math.Pow(3, fact) % 3) switch { 0 => (bool?)null, 1 => true, _ => false }).ToArray());

    private static IEnumerable<bool?[]> Completions(bool?[] row)
    {
        var at = Array.IndexOf(row, null);
        if (at < 0)
        {
            return [row];
        }

        return new bool?[] { true, false }.SelectMany(value => Completions([.. row[..at], value, .. row[(at + 1)..]]));
    }

    private static ExpressionValue[] Values(bool?[] row) => [.. row.Select((fact, slot) => fact is not { } known
        ? CompiledExpression.Unknown(slot)
        : slot < 3 ? ExpressionValue.Of(known) : ExpressionValue.Of(known ? "x" : "y"))];
}
