using Stillgate.Policy.Expressions;
using Xunit;

namespace Stillgate.Tests.Policy;

public sealed class ExpressionTests
{
    private static readonly FactSchema Schema = new(
    [
        ("party.us_person", ExpressionType.Bool),
        ("ownership.listed", ExpressionType.Bool),
        ("party.lists", ExpressionType.List(ExpressionType.String)),
        ("request.model", ExpressionType.String),
        ("party.created", ExpressionType.Timestamp),
    ]);

    [Theory]
    [InlineData("party.us_person || true", "true", "")]
    [InlineData("party.us_person && false", "false", "")]
    [InlineData("party.us_person && ownership.listed", "undetermined", "party.us_person,ownership.listed")]
    [InlineData("party.us_person || 1 / 0 == 1", "undetermined", "party.us_person")]
    [InlineData("1 / 0 == 1 && party.us_person", "undetermined", "party.us_person")]
    [InlineData("!party.us_person", "undetermined", "party.us_person")]
    [InlineData("party.us_person ? true : false", "undetermined", "party.us_person")]
    [InlineData("'a' in party.lists || request.model == 'm'", "true", "")]
    [InlineData("['a', 'b'].exists(x, x in party.lists)", "undetermined", "party.lists")]
    [InlineData("['a', 'b'].all(x, x == 'a' || party.us_person)", "undetermined", "party.us_person")]
    [InlineData("[1, 2].exists(x, x == 2 || party.us_person)", "true", "")]
    [InlineData("[true, party.us_person].size() == 2", "undetermined", "party.us_person")]
    public void Evaluate_FactsMissing_SaysWhichOnlyWhereTheyMatter(string text, string wanted, string missing)
    {
        var expression = CompiledExpression.TryCompile(text, Schema, out var problems);
        Assert.Empty(problems);
        var facts = Enumerable.Range(0, Schema.Count).Select(CompiledExpression.Unknown).ToArray();
        facts[Schema.SlotOf("request.model")] = ExpressionValue.Of("m");

        var result = expression!.Evaluate(facts);

        Assert.Equal(wanted, result.ToString());
        Assert.Equal(missing, string.Join(",", Schema.NamesOf(CompiledExpression.MissingFacts(result))));
    }

    [Theory]
    [InlineData("party.us_persn", 7, "'party.us_persn' is no known fact; known are party.us_person, party.lists, party.created")]
    [InlineData("request.model == 1", 15, "'==' does not take string and int")]
    [InlineData("request.model && true", 9, "expected bool, found string")]
    [InlineData("frobnicate(1)", 1, "there is no function 'frobnicate'")]
    [InlineData("1 +", 4, "expected a value, found the end")]
    [InlineData("'open", 1, "a text literal does not end")]
    [InlineData("request.model.matches('(a')", 23, "the pattern is no regular expression of the kind that runs in linear time")]
    [InlineData("99999999999999999999", 1, "the number 99999999999999999999 is out of range")]
    public void TryCompile_MistakeInText_SaysWhereAndWhat(string text, int column, string message)
    {
        Assert.Null(CompiledExpression.TryCompile(text, Schema, out var problems));

        var problem = Assert.Single(problems);
        Assert.Equal(message, problem.Message);
        Assert.Equal(column, problem.Column);
    }

    [Fact]
    public void TryCompile_SeveralMistakes_ReportsThemAll()
    {
        Assert.Null(CompiledExpression.TryCompile("foo && bar && request.model > 1", Schema, out var problems));

        Assert.Equal(["'foo' is no known fact", "'bar' is no known fact", "'>' does not take string and int"], problems.Select(p => p.Message));
    }

    [Fact]
    public void TryCompile_NestingAtTheBound_IsTheDeepestThatPasses()
    {
        static string Nested(int depth) => new string('!', depth - 1) + "true";
        static string Chained(int count) => string.Join(" + ", Enumerable.Repeat("1", count));

        Assert.NotNull(CompiledExpression.TryCompile(Nested(ExpressionLimits.DepthMax), Schema, out _));
        Assert.Null(CompiledExpression.TryCompile(Nested(ExpressionLimits.DepthMax + 1), Schema, out _));
        Assert.NotNull(CompiledExpression.TryCompile(Chained(ExpressionLimits.DepthMax), Schema, out _));
        Assert.Null(CompiledExpression.TryCompile(Chained(ExpressionLimits.DepthMax + 1), Schema, out _));
        Assert.Null(CompiledExpression.TryCompile(new string('(', 100_000), Schema, out _));
    }

    [Fact]
    public void TryCompile_LengthOverTheBound_IsRefused()
    {
        var atBound = "'" + new string('x', ExpressionLimits.TextLengthMax - 2) + "'";

        Assert.NotNull(CompiledExpression.TryCompile(atBound, Schema, out _));
        Assert.Null(CompiledExpression.TryCompile(atBound + " ", Schema, out _));
    }

    [Fact]
    public void Evaluate_NestedMacrosOverTheStepBound_IsAnErrorNotAWait()
    {
        var list = "[" + string.Join(",", Enumerable.Range(0, 100)) + "]";
        var expression = CompiledExpression.TryCompile($"{list}.all(a, {list}.all(b, {list}.all(c, true)))", Schema, out _);

        Assert.Equal(Operations.TooCostly.ToString(), expression!.Evaluate(new ExpressionValue[Schema.Count]).ToString());
    }

    [Fact]
    public void Evaluate_TypicalCondition_AllocatesNothing()
    {
        var expression = CompiledExpression.TryCompile(
            "(ownership.listed || 'sdn' in party.lists || ['el', 'meu'].exists(l, l in party.lists)) && request.model in ['m-large', 'm-small'] && !party.us_person"
            + " && party.created < timestamp('2027-01-01T00:00:00Z')",
            Schema,
            out var problems);
        Assert.Empty(problems);
        var facts = Enumerable.Range(0, Schema.Count).Select(CompiledExpression.Unknown).ToArray();
        facts[2] = ExpressionValue.Of(["meu"]);
        facts[3] = ExpressionValue.Of("m-small");
        expression!.Evaluate(facts);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            expression.Evaluate(facts);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
