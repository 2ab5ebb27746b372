using System.Net;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Policy;
using Stillgate.Tests.WebConsole;
using Xunit;

namespace Stillgate.Tests.Admin;

/// <summary>What the admin API takes in of customers, and what it shows.</summary>
public sealed class AdminReadingTests
{
    private const string Lines = """
        {"statement":"account","id":"acc-1","country":"DE","plan":"pro","valid_from":"2026-01-01"}
        {"statement":"account","id":"acc-1","country":"FR","valid_from":"2026-06-01","source":"the customer"}
        """;

    [Fact]
    public async Task Statements_AsLinesAndAsCsv_AreTakenInAndReadAsOfADay()
    {
        await using var admin = await AdminClient.StartAsync();

        using var tried = await admin.PostAsync("/admin/v1/statements?dryRun=true", Lines, AdminRole.Compliance, "application/jsonl");
        using var nothing = await admin.GetAsync("/admin/v1/accounts/acc-1", AdminRole.Compliance);
        using var lines = await admin.PostAsync("/admin/v1/statements?source=register", Lines, AdminRole.Compliance, "application/x-ndjson");
        using var csv = await admin.PostAsync(
            "/admin/v1/statements?kind=holding", "id,owner,owned,share\nh-1,p-1,p-2,51\n", AdminRole.Compliance, "text/csv");
        using var may = await admin.GetAsync("/admin/v1/accounts/acc-1?at=2026-05-01", AdminRole.Compliance);
        using var july = await admin.GetAsync("/admin/v1/accounts/acc-1?at=2026-07-01", AdminRole.Compliance);
        using var notYet = await admin.GetAsync("/admin/v1/accounts/acc-1?at=2026-07-01&knownAt=2025-01-01", AdminRole.Compliance);
        using var party = await admin.GetAsync("/admin/v1/parties/p-2", AdminRole.Compliance);

        Assert.Equal((0, 2), (Count(await AdminClient.JsonOf(tried), "added"), Count(await AdminClient.JsonOf(tried), "read")));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (nothing.StatusCode, notYet.StatusCode));
        Assert.Equal((2, 1), (Count(await AdminClient.JsonOf(lines), "added"), Count(await AdminClient.JsonOf(csv), "added")));
        Assert.Equal("DE register", FieldOf(await AdminClient.JsonOf(may), "country"));
        Assert.Equal("FR the customer", FieldOf(await AdminClient.JsonOf(july), "country"));
        Assert.Equal("pro register", FieldOf(await AdminClient.JsonOf(july), "plan"));
        Assert.StartsWith("p-1 ", FieldOf(await AdminClient.JsonOf(party), "owner"), StringComparison.Ordinal);
        var changes = await admin.ChangesAsync();
        Assert.Equal(["statements.import", "statements.import"], changes.Select(change => change.GetProperty("action").GetString()));
        Assert.Equal(2, changes[1].GetProperty("what").GetProperty("byKind").GetProperty("account").GetInt32());
    }

    [Fact]
    public async Task Import_WithWrongLines_TakesNothingInAndNamesEveryLine()
    {
        await using var admin = await AdminClient.StartAsync();

        using var statements = await admin.PostAsync(
            "/admin/v1/statements", Lines + "\n{\"statement\":\"account\",\"country\":\"Germany\"}\nnot json\n", AdminRole.Compliance, "application/jsonl");
        using var registrations = await admin.PostAsync("/admin/v1/registrations", "{\"v\":1}\n", AdminRole.Compliance, "application/jsonl");
        using var type = await admin.PostAsync("/admin/v1/statements", Lines, AdminRole.Compliance, "text/plain");
        using var empty = await admin.PostAsync("/admin/v1/statements", "\n", AdminRole.Compliance, "application/jsonl");
        using var account = await admin.GetAsync("/admin/v1/accounts/acc-1", AdminRole.Compliance);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, statements.StatusCode);
        var problems = (await AdminClient.JsonOf(statements)).GetProperty("problems").EnumerateArray().Select(problem => (problem.GetProperty("line").GetInt64(), problem.GetProperty("field").GetString())).ToArray();
        Assert.Equal([(3, "country"), (3, "id"), (4, "")], problems.Order());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, registrations.StatusCode);
        Assert.NotEmpty(await AdminClient.ProblemsOf(registrations));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (type.StatusCode, empty.StatusCode, account.StatusCode));
        Assert.Empty(await admin.ChangesAsync());
    }

    [Fact]
    public async Task Registrations_AsCsv_AreTakenInAllOrNone()
    {
        await using var admin = await AdminClient.StartAsync();
        const string Header = "account,organization,address.country,monthlyQuota\n";

        using var wrong = await admin.PostAsync("/admin/v1/registrations", Header + "acc-1,org-1,DE,5\nacc-2,org-2,Germany,many\n", AdminRole.Compliance, "text/csv");
        using var absent = await admin.GetAsync("/admin/v1/accounts/acc-1", AdminRole.Compliance);
        using var columns = await admin.PostAsync("/admin/v1/registrations", "account,country\nacc-1,DE\n", AdminRole.Compliance, "text/csv");
        using var empty = await admin.PostAsync("/admin/v1/registrations", Header, AdminRole.Compliance, "text/csv");
        using var tried = await admin.PostAsync("/admin/v1/registrations?dryRun=true", Header + "acc-1,org-1,DE,5\n", AdminRole.Compliance, "text/csv");
        using var taken = await admin.PostAsync("/admin/v1/registrations", Header + "acc-1,org-1,DE,5\nacc-2,org-2,FR,\n", AdminRole.Compliance, "text/csv");
        using var account = await admin.GetAsync("/admin/v1/accounts/acc-1", AdminRole.Compliance);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var problems = (await AdminClient.JsonOf(wrong)).GetProperty("problems").EnumerateArray().Select(problem => (problem.GetProperty("line").GetInt64(), problem.GetProperty("field").GetString()));
        Assert.Equal([(3, "address.country"), (3, "monthlyQuota")], problems);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest), (columns.StatusCode, empty.StatusCode));
        Assert.Equal((0, 1), (Count(await AdminClient.JsonOf(tried), "added"), Count(await AdminClient.JsonOf(tried), "read")));
        Assert.Equal((2, 2), (Count(await AdminClient.JsonOf(taken), "added"), Count(await AdminClient.JsonOf(taken), "read")));
        Assert.Equal("DE registration of acc-1", FieldOf(await AdminClient.JsonOf(account), "country"));
        Assert.Equal("registrations.import", Assert.Single(await admin.ChangesAsync()).GetProperty("action").GetString());
    }

    [Fact]
    public async Task Decision_OfAPastDay_IsExplained()
    {
        await using var admin = await AdminClient.StartAsync();
        using var seed = new PolicySeed(admin.Gateway.Host.Folder.Path);
        seed.Activate(PolicySeed.Rules(("only-german", "account.country != 'DE'", "deny", "")), "only-german");
        using var lines = await admin.PostAsync("/admin/v1/statements?source=register", Lines, AdminRole.Compliance, "application/jsonl");

        using var may = await admin.GetAsync("/admin/v1/decisions?account=acc-1&model=m&at=2026-05-01", AdminRole.Compliance);
        using var july = await admin.GetAsync("/admin/v1/decisions?account=acc-1&model=m&at=2026-07-01", AdminRole.Compliance);
        using var noModel = await admin.GetAsync("/admin/v1/decisions?account=acc-1", AdminRole.Compliance);

        Assert.Equal("allow", (await AdminClient.JsonOf(may)).GetProperty("outcome").GetString());
        var refused = await AdminClient.JsonOf(july);
        Assert.Equal(("deny", "only-german"), (refused.GetProperty("outcome").GetString(), refused.GetProperty("rule").GetProperty("id").GetString()));
        Assert.Equal(["?model: missing; expected the model asked for"], await AdminClient.ProblemsOf(noModel));
    }

    [Fact]
    public async Task Analysis_Pages_AreTheSnapshotInTheFindingsShape()
    {
        var findings = SampleFindings.Create();
        await using var admin = await AdminClient.StartAsync(shape: host => host with { Analysis = new FakeAnalysisFeed(findings) });

        using var summary = await admin.GetAsync("/admin/v1/analysis", AdminRole.Viewer);
        using var harvest = await admin.GetAsync("/admin/v1/analysis/accounts?verdict=harvest&limit=2", AdminRole.Viewer);
        using var account = await admin.GetAsync("/admin/v1/analysis/accounts/" + Uri.EscapeDataString(SampleFindings.HostileAccount), AdminRole.Viewer);
        using var campaigns = await admin.GetAsync("/admin/v1/analysis/campaigns", AdminRole.Viewer);
        using var none = await admin.GetAsync("/admin/v1/analysis/campaigns/c-none", AdminRole.Viewer);
        using var wrong = await admin.GetAsync("/admin/v1/analysis/accounts?verdict=bad", AdminRole.Viewer);

        Assert.Equal(findings.ExchangeCount, (await AdminClient.JsonOf(summary)).GetProperty("exchanges").GetInt64());
        var page = await AdminClient.JsonOf(harvest);
        Assert.Equal((2, 2), (page.GetProperty("items").GetArrayLength(), page.GetProperty("next").GetInt32()));
        Assert.All(page.GetProperty("items").EnumerateArray(), item => Assert.Equal("harvest", item.GetProperty("verdict").GetString()));
        Assert.Equal(SampleFindings.HostileAccount, (await AdminClient.JsonOf(account)).GetProperty("account").GetString());
        Assert.Equal(findings.Campaigns.Count, (await AdminClient.JsonOf(campaigns)).GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(["?verdict: expected one of harvest, watch, clear"], await AdminClient.ProblemsOf(wrong));
    }

    [Fact]
    public async Task Providers_AreListedWithoutTheirCredentials()
    {
        await using var admin = await AdminClient.StartAsync();

        using var answer = await admin.GetAsync("/admin/v1/providers", AdminRole.Viewer);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var provider = Assert.Single((await AdminClient.JsonOf(answer)).GetProperty("items").EnumerateArray());
        Assert.Equal(("fake", false), (provider.GetProperty("name").GetString(), provider.GetProperty("isResting").GetBoolean()));
        Assert.DoesNotContain("provider-credential", text, StringComparison.Ordinal);
    }

    private static int Count(System.Text.Json.JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static string FieldOf(System.Text.Json.JsonElement customer, string name)
    {
        var field = customer.GetProperty("known").EnumerateArray().SelectMany(item => item.GetProperty("fields").EnumerateArray()).First(one => one.GetProperty("name").GetString() == name);
        return field.GetProperty("values")[0].GetString() + " " + field.GetProperty("source").GetString();
    }
}
