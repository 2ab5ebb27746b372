using System.Text;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Server.Decisions;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>What is or was decided on an account, and on what grounds: the same as <c>stillgate policy explain --json</c>.</summary>
internal static class DecisionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation) =>
        routes.Read(
            "/decisions",
            AdminRight.ReadCustomers,
            "Explains a decision. Parameters: account, model (needed), at, knownAt, endCustomer, channel",
            context => Results.Content(ExplanationText.Json(Explain(context, installation)), "application/json", Encoding.UTF8));

    private static Explanation Explain(HttpContext context, AdminInstallation installation)
    {
        AdminQuery.Only(context, "account", "model", "at", "knownAt", "endCustomer", "channel");
        string Needed(string name) => AdminQuery.Text(context, name) ?? throw AdminException.Wrong("?" + name, "missing; expected " + (name == "model" ? "the model asked for" : "who is billed"));
        var (account, model) = (Needed("account"), Needed("model"));
        var now = installation.Time.GetUtcNow();
        var at = AdminQuery.Time(context, "at") ?? now;
        var knownAt = AdminQuery.Time(context, "knownAt") ?? now;
        var loader = installation.Decisions;
        var policy = loader.PolicyAt(knownAt) ?? throw AdminException.Missing("No policy was in force at that moment.");
        var identity = new AccountIdentity(
            account, loader.Identities().FirstOrDefault(key => key.Account == account && key.Organization is not null).Organization, AdminQuery.Text(context, "endCustomer"));
        var customers = installation.Customers();
        var book = DecisionBook.BuildOne(policy, customers, identity, knownAt).WithEnforced(loader.EnforcedAt(knownAt)).WithHolds(loader.Holds(at));
        return Explanation.Of(book, customers, identity, new DecisionRequest(model, at, AdminQuery.Text(context, "channel")), knownAt);
    }
}
