using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Xunit;
using static Stillgate.Tests.Policy.PolicySeed;

namespace Stillgate.Tests.Policy;

public sealed class AccountFactsTests
{
    private static readonly PolicySnapshot Packs = PolicyCompiler.TryCompile(
        [.. new[] { "ofac-fifty-percent.yaml", "is-informed-letter.yaml" }.Select(name => (name, Pack(name)))], out _)!;

    [Fact]
    public void Compose_NothingStated_LeavesFactsUnknown()
    {
        var facts = At("2026-06-01", []);

        Assert.Equal(["account.id", "party.attestations"], facts.Facts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compose_Attestations_HoldWithinTheirDaysAndScope()
    {
        PartyStatement[] stated =
        [
            State("account", null, ("id", "acc-1"), ("organization", "org-1")),
            State("attestation", "2026-05-01", ("holder", "acc-1"), ("id", "1"), ("kind", "research"), ("scope", "m-1")) with { ValidTo = Day("2026-06-01") },
            State("attestation", "2026-05-15", ("holder", "org-1"), ("id", "2"), ("kind", "us-person")),
        ];

        Assert.Equal("[]", At("2026-04-30", stated).Facts["party.attestations"].ToString());
        Assert.Equal("['research:m-1']", At("2026-05-01", stated).Facts["party.attestations"].ToString());
        Assert.False(At("2026-05-14", stated).Facts.ContainsKey("party.us_person"));
        Assert.Equal("true", At("2026-05-15", stated).Facts["party.us_person"].ToString());
        Assert.Equal("['us-person']", At("2026-06-01", stated).Facts["party.attestations"].ToString());
    }

    [Theory]
    [InlineData("clear", "false")]
    [InlineData("confirmed", "true")]
    [InlineData("possible", null)]
    public void Compose_Screening_IsKnownOnlyWhereItWasSettled(string result, string? listed)
    {
        var facts = At("2026-06-01",
        [
            State("account", null, ("id", "acc-1"), ("organization", "org-1")),
            State("screening", "2026-05-01", ("party", "org-1"), ("list", "ofac-sdn"), ("list_version", "v7"), ("result", result)),
        ]);

        Assert.Equal(listed, facts.Facts.TryGetValue("listed.ofac_sdn", out var value) ? value.ToString() : null);
        Assert.Equal(listed is not null, facts.Sources.TryGetValue("listed.ofac_sdn", out var source) && source.ListVersions.Contains("ofac-sdn v7"));
    }

    [Fact]
    public void Compose_PaymentsFromTwoCountries_LeaveTheCountryUnknown()
    {
        var one = State("payment", null, ("account", "acc-1"), ("fingerprint", "f1"), ("country", "SG"));
        var two = State("payment", "2026-05-01", ("account", "acc-1"), ("fingerprint", "f2"), ("country", "DE"));

        Assert.Equal("'SG'", At("2026-04-30", [one, two]).Facts["account.payment_country"].ToString());
        Assert.False(At("2026-05-01", [one, two]).Facts.ContainsKey("account.payment_country"));
    }

    [Fact]
    public void Compose_UndatedRegistration_IsSupersededByAnyDatedStatement()
    {
        var registration = RegistrationStatements.Of(new Stillgate.Protocol.ExchangeLog.RegistrationRecord { Account = "acc-1", Plan = "free", AddressCountry = "DE" });
        PartyStatement[] stated = [.. registration, State("account", "2026-05-01", ("id", "acc-1"), ("plan", "team"))];

        Assert.Equal("'free'", At("2026-04-30", stated).Facts["account.plan"].ToString());
        Assert.Equal("'team'", At("2026-05-01", stated).Facts["account.plan"].ToString());
        Assert.Equal("'DE'", At("2026-05-01", stated).Facts["account.country"].ToString());
    }

    [Fact]
    public void Decide_EndCustomerOfAReseller_TheStricterDecisionStands()
    {
        var policy = Compile(Rules(("r", "account.country == 'XX'", "deny", "")));
        var book = DecisionBook.Build(
            policy,
            new PartyBook(
            [
                State("account", null, ("id", "acc-1"), ("country", "DE"), ("reseller", "true")),
                State("end-customer", null, ("reseller", "acc-1"), ("id", "end-1"), ("country", "XX")),
                State("end-customer", null, ("reseller", "acc-1"), ("id", "end-2"), ("country", "FR")),
            ]),
            [],
            DateTimeOffset.MaxValue,
            CancellationToken.None).WithEnforced(new HashSet<string> { "r" });
        var request = new DecisionRequest("m", Day("2026-06-01"));

        Assert.Equal(
            [Outcome.Deny, Outcome.Allow, Outcome.Allow],
            new[] { "end-1", "end-2", "not registered" }.Select(end => book.Decide("acc-1", null, end, request).Outcome));
    }

    [Fact]
    public void Decide_OnlyTheStrictRuleEnforced_ItsExceptionStillCounts()
    {
        var policy = Compile(Rules(
            ("strict", "account.id != ''", "deny", ""),
            ("other", "account.id != ''", "hold", ""),
            ("spare", "account.organization == 'org-1'", "allow", "exempts: [strict, other]")));
        var book = DecisionBook.Build(policy, new PartyBook([]), [new AccountIdentity("acc-1", "org-1"), new AccountIdentity("acc-2", "org-2")], DateTimeOffset.MaxValue, CancellationToken.None);
        var request = new DecisionRequest("m", Day("2026-06-01"));

        var enforced = book.WithEnforced(new HashSet<string> { "other" });

        Assert.Equal(Outcome.Allow, enforced.Decide("acc-1", "org-1", null, request).Outcome);
        Assert.Equal((Outcome.Hold, Outcome.Deny), (enforced.Decide("acc-2", "org-2", null, request).Outcome, enforced.Decide("acc-2", "org-2", null, request).Proposed.Outcome));
        Assert.Equal(Outcome.Allow, book.Decide("acc-2", "org-2", null, request).Outcome);
    }

    private static AccountFacts At(string day, PartyStatement[] stated) =>
        new AccountFactsComposer(Packs, new PartyBook(stated), DateTimeOffset.MaxValue).Compose(new AccountIdentity("acc-1")).Last(period => period.From <= Day(day));
}
