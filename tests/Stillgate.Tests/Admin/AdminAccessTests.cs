using System.Net;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Admin;

/// <summary>Who may do what on the admin listener.</summary>
public sealed class AdminAccessTests
{
    // Each endpoint with a request that would be wrong in itself: 403 comes before anything of it is looked at.
    private static readonly (string Method, string Path, AdminRole[] Roles)[] Endpoints =
    [
        ("GET", "/keys", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/keys", [AdminRole.Operator, AdminRole.Owner]),
        ("DELETE", "/keys/none", [AdminRole.Operator, AdminRole.Owner]),
        ("GET", "/admin-keys", [AdminRole.Owner]),
        ("POST", "/admin-keys", [AdminRole.Owner]),
        ("DELETE", "/admin-keys/none", [AdminRole.Owner]),
        ("GET", "/holds", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/holds", [AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("DELETE", "/holds/none", [AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/statements", [AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/registrations", [AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/accounts/none", [AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/parties/none", [AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/decisions", [AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/policy", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/policy/activate", [AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/policy/rollback", [AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/policy/enforce", [AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/policy/observe", [AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/providers", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("POST", "/reload", [AdminRole.Operator, AdminRole.Owner]),
        ("GET", "/changes", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/whoami", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/analysis", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/analysis/accounts", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/analysis/accounts/none", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/analysis/campaigns", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
        ("GET", "/analysis/campaigns/none", [AdminRole.Viewer, AdminRole.Operator, AdminRole.Compliance, AdminRole.Owner]),
    ];

    [Fact]
    public async Task Endpoint_OfEachRole_IsOpenToThoseWhoMayAndToNobodyElse()
    {
        await using var admin = await AdminClient.StartAsync();
        var wrong = new List<string>();
        foreach (var (method, path, roles) in Endpoints)
        {
            foreach (var role in Enum.GetValues<AdminRole>())
            {
                using var answer = await admin.SendAsync(new HttpMethod(method), "/admin/v1" + path, admin.SecretOf(role), method == "POST" ? "[" : null);
                if (answer.StatusCode == HttpStatusCode.Forbidden == roles.Contains(role) || answer.StatusCode == HttpStatusCode.Unauthorized)
                {
                    wrong.Add($"{role} {method} {path}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(await admin.ChangesAsync());
    }

    [Fact]
    public async Task Document_ListsEveryEndpointAndNoOther()
    {
        await using var admin = await AdminClient.StartAsync();
        using var answer = await admin.SendAsync(HttpMethod.Get, "/admin/v1/openapi.json", key: null, body: null);

        var document = await AdminClient.JsonOf(answer);
        var listed = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(
            Endpoints.Select(one => $"{one.Method} /admin/v1{one.Path.Replace("/none", "/{id}", StringComparison.Ordinal)}").Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
        var hold = document.GetProperty("paths").GetProperty("/admin/v1/holds").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Assert.Contains("the model, or with *", hold.GetProperty("schema").GetProperty("properties").GetProperty("model").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("adminKey").GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task Key_MissingUnknownAClientsRevokedOrOver_Gets401()
    {
        var clock = new Policy.SetTimeProvider(DateTimeOffset.UtcNow);
        await using var admin = await AdminClient.StartAsync(time: clock);
        using var made = await admin.PostAsync("/admin/v1/admin-keys", $$"""{"name":"short","role":"viewer","expiresAt":"{{clock.Now.AddHours(1):O}}"}""");
        var expiring = (await AdminClient.JsonOf(made)).GetProperty("key").GetString();
        using var valid = await admin.SendAsync(HttpMethod.Get, "/admin/v1/holds", expiring, null);
        using var revoked = await admin.DeleteAsync("/admin/v1/admin-keys/" + admin.IdOf(AdminRole.Viewer));
        clock.Now += TimeSpan.FromHours(1);

        foreach (var key in new[] { null, "sga-nobody", admin.Gateway.Key, admin.SecretOf(AdminRole.Viewer), expiring })
        {
            using var refused = await admin.SendAsync(HttpMethod.Get, "/admin/v1/holds", key, null);

            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("stillgate-admin", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.Empty(await AdminClient.ProblemsOf(refused));
        }

        Assert.Equal(HttpStatusCode.OK, valid.StatusCode);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
    }

    [Fact]
    public async Task Gateway_AdminKey_IsNoClientsKeyAndServesNoAdminPath()
    {
        await using var admin = await AdminClient.StartAsync();

        using var served = await admin.Gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, admin.SecretOf(AdminRole.Owner)));
        using var path = await admin.Gateway.SendAsync(RunningGateway.Request("/admin/v1/keys", "{}", admin.SecretOf(AdminRole.Owner)));
        using var exchange = await admin.PostAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal(HttpStatusCode.Unauthorized, served.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, path.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, exchange.StatusCode);
    }

    [Fact]
    public async Task Guesses_FromOneAddress_AreSlowedUntilTheyWait()
    {
        var clock = new Policy.SetTimeProvider(DateTimeOffset.UtcNow);
        await using var admin = await AdminClient.StartAsync(time: clock);
        for (var i = 0; i < Server.Admin.GuessBrake.FreeFailures; i++)
        {
            using var guess = await admin.SendAsync(HttpMethod.Get, "/admin/v1/keys", "sga-guess" + i, null);
            Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode);
        }

        using var slowed = await admin.GetAsync("/admin/v1/keys");
        clock.Now += TimeSpan.FromSeconds(2);
        using var later = await admin.GetAsync("/admin/v1/keys");

        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), slowed.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Requests_OfOneKeyPastItsRate_Get429AndOtherKeysDoNot()
    {
        await using var admin = await AdminClient.StartAsync(shape: host => host with { AdminRequestsPerMinute = 2 });
        using var first = await admin.GetAsync("/admin/v1/keys");
        using var second = await admin.GetAsync("/admin/v1/keys");
        using var third = await admin.GetAsync("/admin/v1/keys");
        using var other = await admin.GetAsync("/admin/v1/keys", AdminRole.Viewer);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            [first.StatusCode, second.StatusCode, third.StatusCode, other.StatusCode]);
        Assert.NotNull(third.Headers.RetryAfter);
    }

    [Fact]
    public async Task Metrics_OnLoopback_NeedNoKeyAndHealthAnswers()
    {
        await using var admin = await AdminClient.StartAsync();

        using var refused = await admin.SendAsync(HttpMethod.Get, "/admin/v1/keys", key: null, body: null);
        using var metrics = await admin.SendAsync(HttpMethod.Get, "/metrics", key: null, body: null);
        var text = await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var ready = await admin.SendAsync(HttpMethod.Get, "/readyz", key: null, body: null);

        Assert.Contains("stillgate_exchanges_total", text, StringComparison.Ordinal);
        Assert.Contains("stillgate_admin_requests_total{status=\"401\"} 1\n", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }
}
