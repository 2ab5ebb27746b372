using System.Net;
using System.Text;
using System.Text.Json;
using Stillgate.Server.Configuration;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Gateway;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Admin;

/// <summary>What the admin API changes: it takes effect, it is recorded, and a request that is wrong changes nothing.</summary>
public sealed class AdminChangeTests
{
    [Fact]
    public async Task Key_CreatedAndRevoked_ServesInBetweenAndBothAreRecordedWithoutTheKey()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var admin = await AdminClient.StartAsync(provider.Address);

        using var made = await admin.PostAsync("/admin/v1/keys", """{"account":"acc-9","organization":"org-9"}""", AdminRole.Operator);
        var key = await AdminClient.JsonOf(made);
        var (id, secret) = (key.GetProperty("id").GetString()!, key.GetProperty("key").GetString()!);
        admin.Gateway.Host.ReloadKeys();
        using var served = await admin.Gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, secret));
        using var revoked = await admin.DeleteAsync("/admin/v1/keys/" + id);
        using var again = await admin.DeleteAsync("/admin/v1/keys/" + id);
        admin.Gateway.Host.ReloadKeys();
        using var refused = await admin.Gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, secret));

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (served.StatusCode, refused.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (revoked.StatusCode, again.StatusCode));
        var changes = await admin.ChangesAsync();
        Assert.Equal(
            [("key.revoke", id, admin.IdOf(AdminRole.Owner)), ("key.create", id, admin.IdOf(AdminRole.Operator))],
            changes.Select(change => (change.GetProperty("action").GetString(), change.GetProperty("subject").GetString(), change.GetProperty("by").GetString())));
        Assert.Equal("acc-9", changes[1].GetProperty("what").GetProperty("account").GetString());
        Assert.DoesNotContain(secret, string.Concat(changes.Select(change => change.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_RepeatedUnderItsRequestKey_IsDoneOnceAndAnotherRequestUnderItIsRefused()
    {
        await using var admin = await AdminClient.StartAsync();
        const string Body = """{"account":"acc-9"}""";

        using var first = await admin.PostAsync("/admin/v1/keys", Body, requestKey: "r-1");
        using var second = await admin.PostAsync("/admin/v1/keys", Body, requestKey: "r-1");
        using var other = await admin.PostAsync("/admin/v1/keys", """{"account":"acc-8"}""", requestKey: "r-1");
        using var somebodyElses = await admin.PostAsync("/admin/v1/keys", Body, AdminRole.Operator, requestKey: "r-1");
        using var bad = await admin.PostAsync("/admin/v1/keys", Body, requestKey: new string('x', 129));

        var (made, repeated) = (await AdminClient.JsonOf(first), await AdminClient.JsonOf(second));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(made.GetProperty("id").GetString(), repeated.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, repeated.GetProperty("key").ValueKind);
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("stillgate-repeated")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (other.StatusCode, somebodyElses.StatusCode));
        Assert.Equal(["Idempotency-Key: expected 1 to 128 visible ASCII characters"], await AdminClient.ProblemsOf(bad));
        Assert.Equal(2, (await admin.ChangesAsync()).Count);
    }

    [Fact]
    public async Task Hold_PlacedThenReleased_IsInForceAndOver()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var admin = await AdminClient.StartAsync(provider.Address);

        using var made = await admin.PostAsync("/admin/v1/holds", """{"model":"*","except":["acc-7"],"reason":"A letter."}""", AdminRole.Compliance);
        using var refused = await admin.Gateway.OnceAsync(HttpStatusCode.Forbidden, () => admin.Gateway.SendAsync(Samples.OpenAiPath, Samples.Request));
        using var ended = await admin.DeleteAsync("/admin/v1/holds/" + (await AdminClient.JsonOf(made)).GetProperty("id").GetString());
        using var served = await admin.Gateway.OnceAsync(HttpStatusCode.OK, () => admin.Gateway.SendAsync(Samples.OpenAiPath, Samples.Request));
        using var list = await admin.GetAsync("/admin/v1/holds", AdminRole.Viewer);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, served.StatusCode));
        var hold = Assert.Single((await AdminClient.JsonOf(list)).GetProperty("items").EnumerateArray());
        Assert.False(hold.GetProperty("stands").GetBoolean());
        Assert.Equal("A letter.", hold.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Hold_NameASlipAwayFromAModel_IsRefusedUntilTheCallerInsists()
    {
        await using var admin = await AdminClient.StartAsync();
        using (var seed = new PolicySeed(admin.Gateway.Host.Folder.Path))
        {
            seed.Activate(PolicySeed.Rules(("r1", "account.id != ''", "deny", "scope: { models: [m-ruled] }")));
        }

        using var refused = await admin.PostAsync("/admin/v1/holds", """{"model":"m-rulde"}""");
        using var made = await admin.PostAsync("/admin/v1/holds", """{"model":"m-rulde","unserved":true}""");
        using var other = await admin.PostAsync("/admin/v1/holds", """{"model":"elsewhere","except":["nobody-here"]}""");

        Assert.Equal(["model: no record, rule or setting here names such a model; did you mean m-ruled? With unserved it is held all the same"], await AdminClient.ProblemsOf(refused));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created, HttpStatusCode.Created), (refused.StatusCode, made.StatusCode, other.StatusCode));
        Assert.True((await AdminClient.JsonOf(made)).GetProperty("unknownModel").GetBoolean());
        var answer = await AdminClient.JsonOf(other);
        Assert.True(answer.GetProperty("unknownModel").GetBoolean());
        Assert.Equal("nobody-here: no account or organisation of this store", Assert.Single(answer.GetProperty("unknownExcept").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("/holds", """{"model":"m","excpet":["a"]}""", "excpet: expected a JSON object of model, except, reason, until, unserved")]
    [InlineData("/holds", """{"model":7}""", "model: expected: a text of 1 to 256 characters: the model, or with * at its end every model that begins so")]
    [InlineData("/holds", """{"except":[""],"until":"2001-01-01T00:00:00Z"}""", "model: missing; expected a text of 1 to 256 characters|except[0]: expected a text of 1 to 256 characters, without control characters|until: expected a time to come; it is over already")]
    [InlineData("/holds", "[", ": expected a JSON object of model, except, reason, until, unserved")]
    [InlineData("/keys", """{"account":" "}""", "account: expected a text of 1 to 256 characters, without control characters")]
    [InlineData("/admin-keys", """{"name":"n","role":"king"}""", "role: expected one of viewer, operator, compliance, owner")]
    [InlineData("/statements?kind=nothing", "x", "?kind: expected one of account, party, holding, screening, payment, access, verification, attestation, end-customer")]
    [InlineData("/statements?dry=true", "x", "?dry: unknown parameter; known here: kind, source, dryRun")]
    public async Task Request_Wrong_NamesEveryFieldAndChangesNothing(string path, string body, string expected)
    {
        await using var admin = await AdminClient.StartAsync();

        using var answer = await admin.PostAsync("/admin/v1" + path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(expected.Split('|'), await AdminClient.ProblemsOf(answer));
        Assert.Empty(await admin.ChangesAsync());
    }

    [Fact]
    public async Task Body_PastItsBound_Gets413()
    {
        await using var admin = await AdminClient.StartAsync();

        using var answer = await admin.PostAsync("/admin/v1/keys", $$"""{"account":"{{new string('a', Server.Admin.AdminBody.BytesMax)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(await admin.ChangesAsync());
    }

    [Fact]
    public async Task Policy_ActivatedEnforcedRolledBack_IsWhatTheStoreSaysAndAWrongBundleChangesNothing()
    {
        await using var admin = await AdminClient.StartAsync();
        using var seed = new PolicySeed(admin.Gateway.Host.Folder.Path);
        var (one, two) = (seed.Sign(PolicySeed.Rules(("r1", "account.id != ''", "deny", ""))), seed.Sign(PolicySeed.Rules(("r2", "account.id != ''", "deny", ""))));
        var tampered = Encoding.UTF8.GetString(one.ToJson()).Replace("Because of r1", "Because of r9", StringComparison.Ordinal);

        using var first = await admin.PostAsync("/admin/v1/policy/activate", Encoding.UTF8.GetString(one.ToJson()), AdminRole.Compliance);
        using var second = await admin.PostAsync("/admin/v1/policy/activate", Encoding.UTF8.GetString(two.ToJson()), AdminRole.Compliance);
        using var enforced = await admin.PostAsync("/admin/v1/policy/enforce", """{"rules":["r2"]}""", AdminRole.Compliance);
        using var unknown = await admin.PostAsync("/admin/v1/policy/enforce", """{"rules":["r1"]}""", AdminRole.Compliance);
        using var wrong = await admin.PostAsync("/admin/v1/policy/activate", tampered, AdminRole.Compliance);
        using var back = await admin.PostAsync("/admin/v1/policy/rollback", "", AdminRole.Compliance);
        using var state = await admin.GetAsync("/admin/v1/policy", AdminRole.Viewer);

        Assert.Equal(["r1"], (await AdminClient.JsonOf(first)).GetProperty("observing").EnumerateArray().Select(rule => rule.GetString()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (second.StatusCode, enforced.StatusCode, back.StatusCode));
        Assert.Equal(["rules: expected one or more of r2"], await AdminClient.ProblemsOf(unknown));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains(await AdminClient.ProblemsOf(wrong), problem => problem.StartsWith("signature: ", StringComparison.Ordinal));
        var policy = await AdminClient.JsonOf(state);
        Assert.Equal(one.Version, policy.GetProperty("inForce").GetString());
        Assert.Equal(["activate", "activate", "rollback"], policy.GetProperty("history").EnumerateArray().Select(row => row.GetProperty("action").GetString()));
        Assert.Equal(
            ["policy.rollback", "policy.enforce", "policy.activate", "policy.activate"],
            (await admin.ChangesAsync()).Select(change => change.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Reload_RightAndWrong_IsAppliedOrSaysWhatIsWrong()
    {
        await using var admin = await AdminClient.StartAsync();
        using var none = await admin.PostAsync("/admin/v1/reload", "");
        admin.Gateway.Host.Reload = () => [];
        using var applied = await admin.PostAsync("/admin/v1/reload", "", AdminRole.Operator);
        admin.Gateway.Host.Reload = () => [new ConfigProblem("stillgate.yaml", 3, "listen", "changed, but only a restart can change it")];
        using var wrong = await admin.PostAsync("/admin/v1/reload", "", AdminRole.Operator);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (none.StatusCode, applied.StatusCode, wrong.StatusCode));
        Assert.Equal(["listen: changed, but only a restart can change it"], await AdminClient.ProblemsOf(wrong));
        Assert.Equal("reload", Assert.Single(await admin.ChangesAsync()).GetProperty("action").GetString());
    }

    [Fact]
    public async Task AdminKey_OfTheLastOwner_StaysAndAnotherGoes()
    {
        await using var admin = await AdminClient.StartAsync();

        using var last = await admin.DeleteAsync("/admin/v1/admin-keys/" + admin.IdOf(AdminRole.Owner));
        using var viewer = await admin.DeleteAsync("/admin/v1/admin-keys/" + admin.IdOf(AdminRole.Viewer));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (last.StatusCode, viewer.StatusCode));
        Assert.Equal("admin-key.revoke", Assert.Single(await admin.ChangesAsync()).GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("UPDATE admin_change SET made_by = 'nobody'")]
    [InlineData("DELETE FROM admin_change")]
    public async Task Change_EditedPastTheStore_IsRefusedByTheDatabase(string sql)
    {
        await using var admin = await AdminClient.StartAsync();
        using var made = await admin.PostAsync("/admin/v1/holds", """{"model":"m"}""");
        using var database = StillgateDatabase.Open(admin.Gateway.Host.Folder);
        using var command = database.Command(sql);

        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => command.ExecuteNonQuery());
    }

    [Fact]
    public void Make_ChangeThatFails_LeavesNeitherTheChangeNorItsRecord()
    {
        using var folder = new TemporaryFolder();
        var store = StoreFolder.Open(folder.Path);
        using var database = StillgateDatabase.Open(store);
        var (keys, changes) = (new AdminKeyStore(database, store, TimeProvider.System), new AdminChangeStore(database, TimeProvider.System));

        Assert.Throws<InvalidOperationException>(() => changes.Make("command", "admin-key.create", mark: null, () =>
        {
            keys.Create("n", AdminRole.Owner, expiresAt: null);
            throw new InvalidOperationException("the disk is full");
        }));

        Assert.Empty(keys.List());
        Assert.Empty(changes.List(before: null, count: 10));
    }
}
