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
    [InlineData("account.id.startsWith('a') && account.id.startsWith('b')")]
    [InlineData("account.id.startsWith('org-eu') && !account.id.startsWith('org-')")]
    [InlineData("account.id.startsWith('org-eu') && !account.id.contains('g-e')")]
    [InlineData("account.id.endsWith('-test') && account.id.endsWith('-live')")]
    [InlineData("account.id.matches('^x[0-9]+$') && !account.id.matches('^x[0-9]+$')")]
    [InlineData("request.model in ['m-1', 'm-2'] && request.model.startsWith('x')")]
    [InlineData("request.model == 'm-1' && !request.model.matches('^m-[0-9]$')")]
    [InlineData("account.tags.unit == 'a' && account.tags.unit == 'b'")]
    [InlineData("account.tags.unit == 'a' && account.tags.unit.startsWith('b')")]
    [InlineData("!has(account.tags.unit) && account.tags.unit == 'a'")]
    [InlineData("size(party.attestations) > 2 && size(party.attestations) < 2")]
    [InlineData("account.created > timestamp('2026-01-01T00:00:00Z') && account.created < timestamp('2025-01-01T00:00:00Z')")]
    [InlineData("party.attestations.exists(a, a == 'x') && !party.attestations.exists(a, a == 'x')")]
    [InlineData("account.country == party.headquarters && party.headquarters != account.country && account.country == party.headquarters")]
    [InlineData("account.country == 'DE' && party.headquarters == 'FR' && account.country == party.headquarters")]
    [InlineData("account.created < request.at && account.created >= request.at")]
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
    [InlineData("account.id.startsWith('a') && account.id.startsWith('ab') && account.id.endsWith('b')")]
    [InlineData("account.id.startsWith('ab') && !account.id.contains('c')")]
    [InlineData("account.id.contains('a') && account.id.contains('b')")]
    [InlineData("account.id.matches('^a') && account.id.matches('^b')")]
    [InlineData("has(account.tags.unit) && account.tags.unit != 'a'")]
    [InlineData("!has(account.tags.unit) || account.tags.unit == 'a'")]
    [InlineData("request.model in ['m-1', 'x-2'] && request.model.startsWith('x')")]
    [InlineData("size(party.attestations) > 2 && size(party.attestations) < 4")]
    [InlineData("account.created > timestamp('2025-01-01T00:00:00Z') && account.created < timestamp('2025-01-01T00:00:01Z')")]
    [InlineData("account.country != party.headquarters && account.created <= request.at")]
    [InlineData("double(place.speaking) <= 0.5 && !(double(place.speaking) > 0.5)")]
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

    [Theory]
    [InlineData("request.model.startsWith('m-')", "request.model.startsWith('m-frontier')")]
    [InlineData("request.model.startsWith('m-')", "request.model == 'm-frontier'")]
    [InlineData("account.tags.unit in ['a', 'b']", "account.tags.unit == 'a'")]
    [InlineData("account.id.matches('x') || party.us_person", "account.id.matches('x')")]
    [InlineData("true", "account.id.matches('x')")]
    public void TryCompile_RuleUnderAStricterOneByWhatACallSays_IsWarnedOf(string wide, string narrow) =>
        Assert.StartsWith("rules.narrow.when: never decides", Assert.Single(Warnings(("wide", wide, "deny", ""), ("narrow", narrow, "observe", ""))), StringComparison.Ordinal);

    [Theory]
    [InlineData("request.model.startsWith('m-frontier')", "request.model.startsWith('m-')")]
    [InlineData("account.tags.unit == 'a' || account.tags.unit != 'a'", "account.tags.team == 'b'")]
    [InlineData("account.id.matches('y')", "account.id.matches('x')")]
    [InlineData("party.us_person || !party.us_person", "account.id == 'a' && party.headquarters == 'CN'")]
    public void TryCompile_StricterRuleThatMayBeSilent_IsNotWarnedOf(string wide, string narrow) =>
        Assert.Empty(Warnings(("wide", wide, "deny", ""), ("narrow", narrow, "observe", "")));

    [Theory]
    [InlineData("account.id.matches('x')", "any value was thought possible of account.id.matches('x')")]
    [InlineData("account.id.startsWith('x') && account.tags.unit == 'a'", null)]
    [InlineData("party.headquarters == 'CN'", null)]
    public void Untold_Conditions_AreNamedWithWhatWasThoughtPossible(string when, string? expected)
    {
        var untold = PolicyReach.Untold(PolicySeed.Compile(PolicySeed.Rules(("r", when, "deny", ""))));

        Assert.Equal(expected is null ? 0 : 1, untold.Count);
        Assert.All(untold, note => Assert.Contains(expected!, note.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Untold_ConditionOfTooManyCases_IsNamed()
    {
        var when = string.Join(" && ", Enumerable.Range(0, 15).Select(i => $"account.id.matches('{i}')"));

        Assert.Contains("more than 16384 cases", Assert.Single(PolicyReach.Untold(PolicySeed.Compile(PolicySeed.Rules(("r", when, "deny", ""))))).Message, StringComparison.Ordinal);
    }

    private static string[] Warnings(params (string Id, string When, string Outcome, string More)[] rules)
    {
        Assert.NotNull(PolicyCompiler.TryCompile([("p.yaml", PolicySeed.Rules(rules))], out var problems));
        return [.. problems.Where(problem => problem.IsWarning && problem.Field != "tests").Select(problem => $"{problem.Field}: {problem.Message}")];
    }
}
