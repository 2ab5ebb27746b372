using System.Net;
using System.Text;
using System.Text.Json;
using Stillgate.Gateway.Controls;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Server.Decisions;
using Stillgate.Storage;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Rules and holds through the front door.</summary>
public sealed class DecideTests
{
    private const string DenyAll = "account.id != ''";

    [Fact]
    public async Task Owner_CrossesHalfOnADay_IsServedTheDayBeforeAndDeniedTheDayAfterWithProof()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        var clock = new SetTimeProvider(PolicySeed.Day("2026-04-30T23:59:59Z"));
        var version = "";
        await using var gateway = await StartAsync(provider, seed =>
        {
            seed.Statements.Add(HalfOwned());
            version = seed.Activate(PolicySeed.Pack("ofac-fifty-percent.yaml"), "ofac-blocked");
        }, clock);

        using var before = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var servedRecord = await gateway.Records.NextAsync();
        clock.Now = PolicySeed.Day("2026-05-01T00:00:01Z");
        using var after = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var deniedRecord = await gateway.Records.NextAsync();

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Null(servedRecord.Decision);
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
        Assert.Equal("denied", await RefusalTests.OpenAiCodeAsync(after));
        var header = Assert.Single(after.Headers.GetValues("stillgate-decision"));
        Assert.StartsWith($"deny; rule=ofac-blocked; policy={version}", header, StringComparison.Ordinal);
        Assert.Contains("fact=ownership.blocked_half@2026-05-01", header, StringComparison.Ordinal);
        Assert.Contains("list=ofac-sdn 2026-04", header, StringComparison.Ordinal);
        Assert.Equal(("refused", "denied", "deny", "ofac-blocked"), (deniedRecord.End, deniedRecord.EndReason, deniedRecord.Decision!.Outcome, deniedRecord.Decision.Rule));
        var fact = Assert.Single(deniedRecord.Decision.Facts!, fact => fact.Name == "ownership.blocked_half");
        Assert.Equal(("true", PolicySeed.Day("2026-05-01")), (fact.Value, fact.Since));

        var explanation = Explain(gateway, clock.Now);
        var answer = Assert.Single(explanation.Ownership);
        Assert.Contains("Owner Ltd", Assert.Single(answer.Holdings).ToString(), StringComparison.Ordinal);
        Assert.Contains("60 %", answer.Holdings[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("ofac-sdn 2026-04", ExplanationText.Text(explanation), StringComparison.Ordinal);
        Assert.Equal(Outcome.Allow, Explain(gateway, PolicySeed.Day("2026-04-30")).Decision.Outcome);
        using var json = JsonDocument.Parse(ExplanationText.Json(explanation));
        Assert.Equal("deny", json.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Rule_NotEnforced_OnlyObserves()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, seed => seed.Activate(PolicySeed.Rules(("r", DenyAll, "deny", ""))));

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("stillgate-decision"));
        Assert.Equal(("observe", null, "deny", "r"), (record.Decision!.Outcome, record.Decision.Rule, record.Decision.Proposed!.Outcome, record.Decision.Proposed.Rule));
    }

    [Theory]
    [InlineData("egress-us-cutoff", "egress-no-foreign-cutoff")]
    [InlineData("egress-us-cutoff")]
    public async Task Rules_OfTwoJurisdictionsCollide_HeaderRecordAndExplanationNameThem(params string[] enforced)
    {
        await using var gateway = await StartAsync(provider: null, seed =>
        {
            seed.Statements.Add([PolicySeed.State("account", null, ("id", "acc-1"), ("tags", "unit=unit-cn"))]);
            seed.Activate(PolicySeed.Pack("enterprise-egress.yaml"), enforced);
        });
        const string Pair = "egress-us-cutoff / egress-no-foreign-cutoff";

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var record = await gateway.Records.NextAsync();
        var explanation = Explain(gateway, PolicySeed.Day("2026-06-01"));
        using var json = JsonDocument.Parse(ExplanationText.Json(explanation));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var header = Assert.Single(response.Headers.GetValues("stillgate-decision"));
        Assert.StartsWith("deny; rule=egress-us-cutoff; ", header, StringComparison.Ordinal);
        Assert.Contains("; collision=egress-us-cutoff/egress-no-foreign-cutoff; ", header, StringComparison.Ordinal);
        Assert.Equal([Pair], record.Decision!.Collisions);
        Assert.Contains("collision: egress-us-cutoff against egress-no-foreign-cutoff: The group follows", ExplanationText.Text(explanation), StringComparison.Ordinal);
        Assert.Equal("egress-no-foreign-cutoff", Assert.Single(json.RootElement.GetProperty("collisions").EnumerateArray()).GetProperty("other").GetString());
    }

    [Fact]
    public async Task Rules_ThatDoNotCollide_HeaderAndRecordNameNoCollision()
    {
        await using var gateway = await StartAsync(provider: null, seed =>
        {
            seed.Statements.Add([PolicySeed.State("account", null, ("id", "acc-1"), ("tags", "unit=unit-br"))]);
            seed.Activate(PolicySeed.Pack("enterprise-egress.yaml"), "egress-us-cutoff", "egress-unit-licence", "egress-no-foreign-cutoff");
        });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Body("m-frontier"));
        var record = await gateway.Records.NextAsync();

        Assert.DoesNotContain("collision", Assert.Single(response.Headers.GetValues("stillgate-decision")), StringComparison.Ordinal);
        Assert.Equal("egress-unit-licence", record.Decision!.Rule);
        Assert.Null(record.Decision.Collisions);
    }

    [Theory]
    [InlineData("deny", "denied")]
    [InlineData("hold", "held")]
    [InlineData("step-up", "verification_needed")]
    public async Task Rule_Refuses_InTheDialectsShapeAndBeforeTheProvider(string outcome, string code)
    {
        await using var gateway = await StartAsync(provider: null, seed => seed.Activate(PolicySeed.Rules(("r", DenyAll, outcome, "")), "r"));

        using var response = await gateway.SendAsync(Samples.AnthropicPath, Samples.Request);
        using var error = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("permission_error", error.RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.Contains("Because of r.", error.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(code, (await gateway.Records.NextAsync()).EndReason);
    }

    [Fact]
    public async Task Rule_Restricts_ServesUnderItsObligationsAndSaysSo()
    {
        var seen = new TaskCompletionSource<string>();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen.TrySetResult(await reader.ReadToEndAsync());
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Samples.OpenAiBody);
        });
        await using var gateway = await StartAsync(provider, seed => seed.Activate(
            PolicySeed.Rules(("r", DenyAll, "restrict", "obligations: [output-tokens=64, no-logprobs, tell-the-customer]")), "r"));

        using var response = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","messages":[],"logprobs":true,"max_tokens":5000}""");
        var record = await gateway.Records.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var forwarded = JsonDocument.Parse(await seen.Task);
        Assert.False(forwarded.RootElement.TryGetProperty("logprobs", out _));
        Assert.Equal(64, forwarded.RootElement.GetProperty("max_completion_tokens").GetInt32());
        Assert.Contains("obligation=tell-the-customer", Assert.Single(response.Headers.GetValues("stillgate-decision")), StringComparison.Ordinal);
        Assert.Equal(["output-tokens=64", "no-logprobs", "tell-the-customer"], record.Decision!.Obligations);
        Assert.Contains("stripped:logprobs", record.Changes!);
    }

    [Fact]
    public async Task Restrict_ObligationsOnTheAnswer_AreSeenTo()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.AnthropicBody);
        await using var gateway = await StartAsync(provider, seed => seed.Activate(
            PolicySeed.Rules(("r", DenyAll, "restrict", "obligations: [reasoning=withheld, references, logit-bias-tokens=3]")), "r"));

        using var response = await gateway.SendAsync(Samples.AnthropicPath, """{"model":"m","messages":[{"role":"user","content":"x"}]}""");
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("sealed:references, withheld:reasoning", Assert.Single(response.Headers.GetValues("stillgate-changes")));
        Assert.DoesNotContain("Bytes.", answer, StringComparison.Ordinal);
        Assert.Contains("redacted_thinking", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tier=low", 2)]
    [InlineData("tier=high", null)]
    public async Task Restrict_ObligationNamesATier_ItsControlsHold(string obligation, int? cap)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            options => options with
            {
                Controls = new ControlOptions { Overrides = [new ControlOverride { Tiers = ["low"], Controls = new ControlOptions { Choices = ControlMode.On, ChoicesMax = 2 } }] },
            },
            host =>
            {
                using var seeded = new PolicySeed(host.StorePath);
                seeded.Activate(PolicySeed.Rules(("r", DenyAll, "restrict", $"obligations: [{obligation}]")), "r");
                return host;
            });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","n":5,"messages":[]}""");

        Assert.Equal(cap is null ? null : ["capped:n=2"], (await gateway.Records.NextAsync()).Changes);
    }

    [Fact]
    public async Task Rule_ByTier_SeesTheTierOfTheSettings()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            options => options with { Controls = new ControlOptions { Tiers = [new TrustTier { Name = "trial", Accounts = ["acc-2"] }] } },
            host =>
            {
                using var seeded = new PolicySeed(host.StorePath);
                seeded.Activate(PolicySeed.Rules(("r", "request.tier == 'trial'", "deny", "")), "r");
                return host;
            });
        var trial = gateway.Host.KeyStore.Create("acc-2", null).Secret;
        gateway.Host.ReloadKeys();

        using var other = await gateway.SendAsync(Samples.OpenAiPath, Body("m"));
        using var denied = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Body("m"), trial));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (other.StatusCode, denied.StatusCode));
    }

    [Fact]
    public async Task Policy_ActivatedAndEnforcedByAnotherProcess_IsInForceWithoutARestart()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, _ => { });
        using var first = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        using var operators = new PolicySeed(gateway.Host.Folder.Path);

        operators.Activate(PolicySeed.Rules(("r", DenyAll, "deny", "")), "r");
        var denied = await UntilAsync(gateway, HttpStatusCode.Forbidden);
        operators.Policies.Enforce(["r"], isEnforced: false);
        var served = await UntilAsync(gateway, HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        TestContext.Current.TestOutputHelper?.WriteLine($"in force after {denied.TotalMilliseconds:0} ms, observing again after {served.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task Hold_PlacedByAnotherProcess_BarsTheModelSparesTheListAndTouchesNoOther()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider, _ => { });
        var spared = gateway.Host.KeyStore.Create("acc-2", "org-trusted").Secret;
        gateway.Host.ReloadKeys();
        using var operators = new PolicySeed(gateway.Host.Folder.Path);

        var hold = operators.Holds.Place("m-frontier*", ["org-trusted"], "Letter of 12 June.", until: null);
        var placed = await UntilAsync(gateway, HttpStatusCode.Forbidden, "m-frontier-2");
        using var held = await gateway.SendAsync(Samples.OpenAiPath, Body("M-FRONTIER"));
        using var allowed = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Body("m-frontier"), spared));
        using var other = await gateway.SendAsync(Samples.OpenAiPath, Body("m-small"));
        operators.Holds.Release("m-frontier*");
        var released = await UntilAsync(gateway, HttpStatusCode.OK, "m-frontier");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK), (held.StatusCode, allowed.StatusCode, other.StatusCode));
        Assert.Equal("model_held", await RefusalTests.OpenAiCodeAsync(held));
        Assert.Equal($"hold; hold={hold.Id}", Assert.Single(held.Headers.GetValues("stillgate-decision")));
        TestContext.Current.TestOutputHelper?.WriteLine($"held after {placed.TotalMilliseconds:0} ms, released after {released.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task Start_PolicyInForceWasChangedSinceItWasSigned_Refuses()
    {
        var refused = await Assert.ThrowsAsync<StoreException>(() => StartAsync(provider: null, seed =>
        {
            var bundle = seed.Sign(PolicySeed.Rules(("r", DenyAll, "deny", "")));
            var changed = bundle with { Files = [bundle.Files[0] with { Text = bundle.Files[0].Text.Replace("deny", "observe", StringComparison.Ordinal) }] };
            seed.Policies.Activate(bundle.Version, changed.ToJson(), "activate");
        }));

        Assert.Contains("were changed after they were signed", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Stillgate.Parties.Registry.PartyStatement> HalfOwned() =>
    [
        PolicySeed.State("account", null, ("id", "acc-1"), ("organization", "org-1")),
        PolicySeed.State("party", null, ("id", "org-1"), ("name", "Customer GmbH")),
        PolicySeed.State("party", null, ("id", "x"), ("name", "Owner Ltd")),
        PolicySeed.State("screening", null, ("party", "org-1"), ("list", "ofac-sdn"), ("list_version", "2026-04"), ("result", "clear")),
        PolicySeed.State("screening", null, ("party", "x"), ("list", "ofac-sdn"), ("list_version", "2026-04"), ("result", "confirmed")),
        PolicySeed.State("holding", "2026-01-01", ("id", "h"), ("owner", "x"), ("owned", "org-1"), ("share", "40")),
        PolicySeed.State("holding", "2026-05-01", ("id", "h"), ("owner", "x"), ("owned", "org-1"), ("share", "60")),
    ];

    private static Explanation Explain(RunningGateway gateway, DateTimeOffset at)
    {
        using var database = StillgateDatabase.Open(gateway.Host.Folder);
        var loader = new DecisionLoader(database, gateway.Host.Folder, TimeProvider.System);
        var (customers, identity) = (loader.Customers(), new AccountIdentity("acc-1"));
        var book = DecisionBook.BuildOne(loader.ActivePolicy()!, customers, identity, DateTimeOffset.MaxValue).WithEnforced(loader.EnforcedNow());
        return Explanation.Of(book, customers, identity, new DecisionRequest("m", at), DateTimeOffset.MaxValue);
    }

    private static string Body(string model) => $$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]}""";

    /// <summary>Sends until the answer is the one waited for, once after each change of what is in force.</summary>
    private static async Task<TimeSpan> UntilAsync(RunningGateway gateway, HttpStatusCode wanted, string model = "m")
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var replaced = gateway.Host.DecisionsReplaced;
            using var response = await gateway.SendAsync(Samples.OpenAiPath, Body(model));
            if (response.StatusCode == wanted)
            {
                return TimeProvider.System.GetElapsedTime(start);
            }

            await replaced.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    private static async Task<RunningGateway> StartAsync(FakeProvider? provider, Action<PolicySeed> seed, TimeProvider? time = null) =>
        await RunningGateway.StartAsync(
            provider?.Address ?? new Uri("http://127.0.0.1:9"),
            shapeHost: host =>
            {
                using var seeded = new PolicySeed(host.StorePath);
                seed(seeded);
                return host;
            },
            time: time);
}
