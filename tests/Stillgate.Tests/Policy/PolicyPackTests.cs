using Stillgate.Policy.Expressions;
using Stillgate.Policy.Rules;
using Xunit;

namespace Stillgate.Tests.Policy;

public sealed class PolicyPackTests
{
    [Fact]
    public void TryCompile_PacksOfTheProduct_PassTheirOwnCases()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "policies"), "*.yaml");

        foreach (var file in files)
        {
            var snapshot = PolicyCompiler.TryCompile([(Path.GetFileName(file), File.ReadAllText(file))], out var problems);
            Assert.Equal(string.Empty, string.Join("\n", problems.Where(problem => !problem.Message.StartsWith("has the condition", StringComparison.Ordinal))));
            Assert.NotNull(snapshot);
            Assert.NotEmpty(snapshot.Files[0].Tests);
        }

        Assert.Equal(6, files.Length);
    }

    [Fact]
    public void TryCompile_WrongFile_SaysEverythingThatIsWrongWithIt()
    {
        const string Text = """
            version: 2
            policy: p
            sources: [here]
            limits: none
            colour: red
            rules:
              - id: r
                legal_basis: { citation: c, status: perhaps }
                effective: { from: yesterday }
                when: request.modl == 'x'
                outcome: explode
                undetermined: hold
                fail: closed
            """;

        Assert.Null(PolicyCompiler.TryCompile([("p.yaml", Text)], out var problems));

        Assert.Equal(["version", "colour", "rules[1].reason", "rules[1].legal_basis.status", "rules[1].effective.from", "rules.r.when", "rules[1].outcome"], problems.Select(p => p.Field));
        Assert.Equal([1, 5, 7, 8, 9, 10, 11], problems.Select(p => p.Line));
    }

    [Fact]
    public void TryCompile_MistakeInConditionAndFailingCase_AreReported()
    {
        const string Text = """
            version: 1
            policy: p
            sources: [here]
            limits: none
            rules:
              - id: r
                legal_basis: { citation: c, status: in-force }
                effective: { from: 2026-01-01 }
                when: WHEN
                outcome: deny
                undetermined: hold
                fail: closed
                reason: because
            tests:
              - name: t
                at: 2026-02-01
                expect: { outcome: allow }
            """;

        Assert.Null(PolicyCompiler.TryCompile([("p.yaml", Text.Replace("WHEN", "request.modl == 'x'", StringComparison.Ordinal))], out var mistakes));
        Assert.Null(PolicyCompiler.TryCompile([("p.yaml", Text.Replace("WHEN", "request.model != 'x'", StringComparison.Ordinal))], out var failing));

        Assert.StartsWith("p.yaml:9: rules.r.when: column 9: 'request.modl' is no known fact", Assert.Single(mistakes).ToString(), StringComparison.Ordinal);
        Assert.Equal("p.yaml:15: tests.t: expected Allow, decided Deny by r", Assert.Single(failing).ToString());
    }

    [Fact]
    public void Decide_AllPacksTogether_AllocatesNothing()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "policies"), "*.yaml").Order(StringComparer.Ordinal);
        var snapshot = PolicyCompiler.TryCompile([.. files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)))], out _);
        Assert.NotNull(snapshot);
        var account = snapshot.StandingOf([new AccountFacts
        {
            From = DateTimeOffset.MinValue,
            Facts = new Dictionary<string, ExpressionValue> { ["account.organization"] = ExpressionValue.Of("org-1") },
        }]);
        var request = new DecisionRequest("m-frontier", new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero));
        snapshot.Decide(account, request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            snapshot.Decide(account, request);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
