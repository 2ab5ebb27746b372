using Stillgate.Policy.Rules;
using Xunit;

namespace Stillgate.Tests.Policy;

/// <summary>Rules that can never apply or never decide are told before a policy is in force; what cannot be proved is not claimed.</summary>
public sealed class PolicyReachTests
{
    [Theory]
    [InlineData("party.headquarters == 'CN' && party.headquarters == 'RU'")]
    [InlineData("party.us_person && !party.us_person")]
    [InlineData("place.supporting >= 3 && place.supporting < 2")]
    [InlineData("party.headquarters in ['CN', 'RU'] && party.headquarters != 'CN' && party.headquarters != 'RU'")]
    [InlineData("'research' in party.attestations && !('research' in party.attestations)")]
    public void TryCompile_ConditionThatContradictsItself_IsRefusedWithItsRule(string when)
    {
        Assert.Null(PolicyCompiler.TryCompile([("p.yaml", PolicySeed.Rules(("r", when, "deny", "")))], out var problems));

        var problem = Assert.Single(problems, problem => !problem.IsWarning);
        Assert.Equal(("p.yaml", "rules.r.when"), (problem.File, problem.Field));
        Assert.Contains("contradicts itself", problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Line > 1);
    }

    [Theory]
    [InlineData("party.headquarters == 'CN' || party.headquarters == 'RU'")]
    [InlineData("place.supporting >= 2 && place.supporting < 3")]
    [InlineData("account.id.startsWith('a') && account.id.startsWith('b')")]
    public void TryCompile_ConditionThatMayHold_IsAccepted(string when) =>
        Assert.NotNull(PolicyCompiler.TryCompile([("p.yaml", PolicySeed.Rules(("r", when, "deny", "")))], out _));

    [Fact]
    public void TryCompile_RuleUnderAStricterOne_IsWarnedOf()
    {
        var warned = Warnings(("wide", "party.headquarters in ['CN', 'RU']", "deny", ""), ("narrow", "party.headquarters == 'CN'", "observe", ""));

        Assert.Equal("rules.narrow.when: never decides: 'wide' is stricter and applies wherever it does", Assert.Single(warned));
    }

    [Fact]
    public void TryCompile_RuleThatAStricterOneDoesNotCover_IsNotWarnedOf()
    {
        Assert.Empty(Warnings(("wide", "party.headquarters == 'RU'", "deny", ""), ("narrow", "party.headquarters == 'CN'", "observe", "")));
        Assert.Empty(Warnings(("wide", "party.headquarters in ['CN', 'RU']", "deny", "scope: { models: [m-big] }"), ("narrow", "party.headquarters == 'CN'", "observe", "")));
        Assert.Empty(Warnings(
            ("wide", "party.headquarters in ['CN', 'RU']", "deny", ""),
            ("narrow", "party.headquarters == 'CN'", "observe", ""),
            ("spared", "'research' in party.attestations", "allow", "exempts: [wide]")));
    }

    private static string[] Warnings(params (string Id, string When, string Outcome, string More)[] rules)
    {
        Assert.NotNull(PolicyCompiler.TryCompile([("p.yaml", PolicySeed.Rules(rules))], out var problems));
        return [.. problems.Where(problem => problem.IsWarning && problem.Field != "tests").Select(problem => $"{problem.Field}: {problem.Message}")];
    }
}
