using Stillgate.Policy.Bundles;
using Stillgate.Policy.Rules;
using Stillgate.Server.Admin.Contracts;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>Policies: what is in force, activated, rolled back, enforced.</summary>
internal static class PolicyEndpoints
{
    private const int ProblemsShown = 100;

    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Read("/policy", AdminRight.Read, "What is and was in force, and which rules are enforced", context =>
        {
            AdminQuery.Only(context);
            return Results.Json(State(installation), AdminJson.Default.PolicyAnswer);
        }).Produces<PolicyAnswer>();
        routes.Change("/policy/activate", AdminRight.Policy, "Puts a signed bundle in force; its rules only observe until they are enforced", AdminBody.ImportBytesMax, (context, body) =>
                Switch(context, body, installation, "policy.activate", () => body))
            .Takes<string>("application/json").Produces<SwitchAnswer>().Produces<AdminProblem>(StatusCodes.Status422UnprocessableEntity, AdminProblem.ContentType);
        routes.Change("/policy/rollback", AdminRight.Policy, "Puts an earlier version back in force", AdminBody.BytesMax, (context, body) =>
                Switch(context, body, installation, "policy.rollback", () => Earlier(body, installation)))
            .Takes<RollbackRequest>("application/json").Produces<SwitchAnswer>();
        routes.Change("/policy/enforce", AdminRight.Policy, "Lets rules of the policy in force act", AdminBody.BytesMax, (context, body) =>
                Enforce(context, body, installation, "policy.enforce", isEnforced: true))
            .Takes<RulesRequest>("application/json").Produces<RulesAnswer>();
        routes.Change("/policy/observe", AdminRight.Policy, "Lets rules only observe again", AdminBody.BytesMax, (context, body) =>
                Enforce(context, body, installation, "policy.observe", isEnforced: false))
            .Takes<RulesRequest>("application/json").Produces<RulesAnswer>();
    }

    private static PolicyAnswer State(AdminInstallation installation)
    {
        var policies = installation.Policies;
        var enforced = policies.EnforcedAt(DateTimeOffset.MaxValue);
        PolicyBundle? Bundle(string version) => policies.BundleOf(version) is { } bytes ? PolicyBundle.TryRead(bytes.Span, out _) : null;
        return new PolicyAnswer(
            policies.ActiveVersion(),
            [.. (installation.Decisions.ActivePolicy()?.RuleDefinitions ?? []).Select(rule => new RuleAnswer(rule.Id, Decision.WordOf(rule.Outcome), enforced.Contains(rule.Id), rule.LegalBasis.Citation))],
            [.. policies.History().Select(one => (one, Bundle: Bundle(one.Version))).Select(row => new ActivationAnswer(row.one.Version, row.one.Action, row.one.At, row.Bundle?.Signer, row.Bundle?.Note))],
            [.. policies.Signers().Select(signer => new SignerAnswer(signer.Signer, signer.Name, signer.IsTrusted, signer.At))]);
    }

    private static IResult Switch(HttpContext context, byte[] body, AdminInstallation installation, string action, Func<ReadOnlyMemory<byte>> bundle)
    {
        AdminQuery.Only(context);
        var bytes = bundle();
        return ChangeMaker.Make(context, installation.Changes, action, body, AdminJson.Default.SwitchAnswer, () =>
        {
            var policies = installation.Policies;
            var policy = BundleGate.TryOpen("bundle", bytes.Span, policies.TrustedKeys(), out var problems) ?? throw Refused(problems);
            var word = action == "policy.activate" ? "activate" : "rollback";
            policies.Activate(policy.Version, bytes, word);
            var enforced = policies.EnforcedAt(DateTimeOffset.MaxValue);
            return (policy.Version, new SwitchAnswer(
                policy.Version,
                word,
                [.. policy.RuleDefinitions.Where(rule => rule.Outcome != Outcome.Allow && !enforced.Contains(rule.Id)).Select(rule => rule.Id)],
                [.. problems.Select(problem => problem.ToString())]));
        });
    }

    private static ReadOnlyMemory<byte> Earlier(byte[] body, AdminInstallation installation)
    {
        var asked = body.Length == 0 ? new RollbackRequest() : AdminBody.Parse(body, AdminJson.Default.RollbackRequest);
        var history = installation.Policies.History();
        var version = asked.Version ?? (history.Count > 0 ? history.LastOrDefault(one => one.Version != history[^1].Version)?.Version : null)
            ?? throw AdminException.Refused(StatusCodes.Status409Conflict, "Nothing to go back to", "No other version was ever in force. Nothing was changed.");
        return installation.Policies.BundleOf(version) ?? throw AdminException.Wrong("version", "expected a version that the store has; GET /admin/v1/policy shows them");
    }

    private static IResult Enforce(HttpContext context, byte[] body, AdminInstallation installation, string action, bool isEnforced)
    {
        AdminQuery.Only(context);
        var rules = AdminBody.Parse(body, AdminJson.Default.RulesRequest).Rules?.Distinct(StringComparer.Ordinal).ToArray() ?? [];
        return ChangeMaker.Make(context, installation.Changes, action, body, AdminJson.Default.RulesAnswer, () =>
        {
            var known = installation.Decisions.ActivePolicy()?.RuleDefinitions.Select(rule => rule.Id).ToArray()
                ?? throw AdminException.Refused(StatusCodes.Status409Conflict, "No policy is in force", "Activate one first. Nothing was changed.");
            if (rules.Length == 0 || rules.Except(known).Any())
            {
                throw AdminException.Wrong("rules", "expected one or more of " + string.Join(", ", known));
            }

            installation.Policies.Enforce(rules, isEnforced);
            return (string.Join(' ', rules), new RulesAnswer(rules, isEnforced));
        });
    }

    private static AdminException Refused(IReadOnlyList<PolicyProblem> problems) => new(new AdminProblem(
        "The bundle is refused",
        StatusCodes.Status422UnprocessableEntity,
        "Nothing was changed: what is in force stays.",
        [.. problems.Where(problem => !problem.IsWarning).Take(ProblemsShown).Select(problem => new FieldProblem(problem.Field, problem.Message, problem.Line, problem.File))]));
}
