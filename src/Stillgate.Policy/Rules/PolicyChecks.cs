using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>What can be said of a compiled policy without traffic: its own cases, rules that can never apply, rules that contradict each other.</summary>
internal static class PolicyChecks
{
    public static void Run(PolicySnapshot snapshot, List<PolicyProblem> problems)
    {
        foreach (var test in snapshot.Files.SelectMany(file => file.Tests))
        {
            RunTest(snapshot, test, problems);
        }

        PolicyReach.Check(snapshot, problems);
        var rules = snapshot.Rules.Select(rule => rule.Definition).ToArray();
        foreach (var (first, second) in rules.SelectMany((rule, i) => rules.Skip(i + 1).Select(other => (rule, other))))
        {
            if (first.When == second.When && first.Outcome != second.Outcome && IsSameReach(first, second)
                && !first.CollidesWith.Contains(second.Id) && !second.CollidesWith.Contains(first.Id))
            {
                Report(second, "outcome", $"has the condition and the reach of '{first.Id}' and another outcome; the stricter always decides", problems, isWarning: true);
            }
        }

        foreach (var file in snapshot.Files.Where(file => file.Tests.Count == 0))
        {
            problems.Add(new PolicyProblem(file.Path, 0, "tests", "the policy has no cases of its own", IsWarning: true));
        }
    }

    private static bool IsSameReach(RuleDefinition first, RuleDefinition second) =>
        first.Scope.Models.SequenceEqual(second.Scope.Models) && first.Scope.Tiers.SequenceEqual(second.Scope.Tiers)
        && first.Scope.Channels.SequenceEqual(second.Scope.Channels) && first.Scope.Capabilities.SequenceEqual(second.Scope.Capabilities)
        && first.Periods.Any(a => second.Periods.Any(b => (a.To is null || b.From < a.To) && (b.To is null || a.From < b.To)));

    private static void RunTest(PolicySnapshot snapshot, PolicyTestCase test, List<PolicyProblem> problems)
    {
        var field = $"tests.{test.Name}";
        foreach (var (name, value) in test.Facts)
        {
            var slot = snapshot.Schema.SlotOf(name);
            var wanted = slot < StandardFacts.RequestCount ? null : snapshot.Schema.Facts[slot].Type;
            if (wanted is null || !Fits(wanted, value))
            {
                problems.Add(new PolicyProblem(test.File, test.Line, field, wanted is null
                    ? $"'{name}' is no fact of an account"
                    : $"'{name}' is of type {wanted}, not {value.Kind}"));
                return;
            }
        }

        var account = snapshot.StandingOf([new AccountFacts { From = DateTimeOffset.MinValue, Facts = test.Facts }]);
        var ofFile = snapshot.Rules.Select((rule, i) => rule.Definition.File == test.File ? UInt128.One << i : 0).Aggregate(UInt128.Zero, (set, rule) => set | rule);
        var decision = snapshot.Decide(account, test.Request, ofFile);
        var (outcome, rule) = (decision.Outcome, decision.Rule?.Id);
        if (outcome != test.Expected || (test.ExpectedRule is { } expected && rule != expected))
        {
            problems.Add(new PolicyProblem(
                test.File, test.Line, field, $"expected {test.Expected}{(test.ExpectedRule is { } id ? " by " + id : string.Empty)}, decided {outcome} by {rule ?? "no rule"}"));
        }

        if (test.ExpectedCollision is { } collision && collision != decision.Collisions.Count > 0)
        {
            problems.Add(new PolicyProblem(test.File, test.Line, field, collision ? "expected a collision, found none" : "expected no collision, found one"));
        }
    }

    private static bool Fits(ExpressionType type, ExpressionValue value) => type.ToString() switch
    {
        "bool" => value.Kind == ValueKind.Bool,
        "int" => value.Kind == ValueKind.Int,
        "string" => value.Kind == ValueKind.String,
        "timestamp" => value.Kind == ValueKind.Timestamp,
        "list(string)" => value.Kind == ValueKind.List && Array.TrueForAll(value.AsList, item => item.Kind == ValueKind.String),
        _ => value.Kind == ValueKind.Map,
    };

    private static void Report(RuleDefinition rule, string field, string message, List<PolicyProblem> problems, bool isWarning) =>
        problems.Add(new PolicyProblem(rule.File, rule.Line, $"rules.{rule.Id}.{field}", message, isWarning));
}
