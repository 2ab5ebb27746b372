using System.Globalization;
using System.Text.RegularExpressions;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Which of the named accounts make up one campaign.</summary>
public sealed class CampaignTests
{
    // Each operator has instructions of its own around the passage that both use.
    private const string First = " Quote no source by name. Keep every figure in SI units. Close with the line: end of record. Number the paragraphs. Do not greet. Leave the title out.";
    private const string Second = " Answer as a table of two columns. Spell out every symbol. Use the past tense throughout. Sign with the initials of the reader. Omit the units.";

    [Fact]
    public void Snapshot_TwoRingsWithOnePassageInCommon_AreTwoCampaigns()
    {
        var snapshot = Analyse(Exchanges.InOrder(
            Exchanges.Ring(6, 60, name: "first", ending: First),
            Exchanges.Ring(6, 60, name: "second", ending: Second, from: 5_000)));

        Assert.Equal(12, snapshot.Verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest));
        Assert.Equal(2, snapshot.Campaigns.Count);
        Assert.All(snapshot.Campaigns, campaign => Assert.Single(campaign.Accounts.Select(account => account.Split('-')[0]).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public void Snapshot_TwoRingsOnOneCard_AreOneCampaign()
    {
        var accounts = Enumerable.Range(0, 6).SelectMany(account => new[] { $"first-{account:D2}", $"second-{account:D2}" });

        var snapshot = Analyse(
            Exchanges.InOrder(Exchanges.Ring(6, 60, name: "first", ending: First), Exchanges.Ring(6, 60, name: "second", ending: Second, from: 5_000)),
            accounts.Select(account => Paying(account, "card-1")));

        var campaign = Assert.Single(snapshot.Campaigns);
        Assert.Equal(12, campaign.Accounts.Count);
        Assert.Contains(campaign.Links, link => link.Kind == "SHARED_PAYMENT");
    }

    [Fact]
    public void Snapshot_CardThatMostlyOthersUse_JoinsNoCampaigns()
    {
        var rings = Enumerable.Range(0, 6).SelectMany(account => new[] { $"first-{account:D2}", $"second-{account:D2}" });
        var people = Enumerable.Range(0, 40).Select(account => $"person-{account:D2}");

        var snapshot = Analyse(
            Exchanges.InOrder(
                Exchanges.Ring(6, 60, name: "first", ending: First), Exchanges.Ring(6, 60, name: "second", ending: Second, from: 5_000), Exchanges.People(40, 60).Where(record => record.At.Hour is >= 8 and < 19).Select(Conversing)),
            rings.Concat(people).Select(account => Paying(account, "card-of-a-reselling-shop")));

        Assert.Equal(2, snapshot.Campaigns.Count);
        Assert.DoesNotContain(snapshot.Verdicts, verdict => verdict.Account.StartsWith("person", StringComparison.Ordinal) && verdict.Verdict == Verdict.Harvest);
    }

    [Fact]
    public void Snapshot_TwoWordingsOnManyCardsThatCross_AreOneCampaign()
    {
        // Each card is held by one account of either wording: none is at home on a side, and together they reach everybody.
        var cards = Enumerable.Range(0, 12).SelectMany(account => new[] { Paying($"first-{account:D2}", $"card-{account}"), Paying($"second-{account:D2}", $"card-{(account * 5) % 12}") });

        var snapshot = Analyse(
            Exchanges.InOrder(Exchanges.Ring(12, 60, name: "first", ending: First), Exchanges.Ring(12, 60, name: "second", ending: Second, from: 5_000)),
            cards);

        Assert.Equal(24, Assert.Single(snapshot.Campaigns).Accounts.Count);
    }

    [Fact]
    public void Snapshot_OneCardThatCrosses_JoinsNoCampaigns()
    {
        var cards = Enumerable.Range(0, 12).SelectMany(account => new[] { Paying($"first-{account:D2}", $"card-a{account}"), Paying($"second-{account:D2}", account == 0 ? "card-a0" : $"card-b{account}") });

        var snapshot = Analyse(
            Exchanges.InOrder(Exchanges.Ring(12, 60, name: "first", ending: First), Exchanges.Ring(12, 60, name: "second", ending: Second, from: 5_000)),
            cards);

        Assert.Equal(2, snapshot.Campaigns.Count);
    }

    [Fact]
    public void Snapshot_RingThatWordsTheRestAnewForEachAccount_IsOneCampaign()
    {
        // Each starts alike and goes on in words of its own: no two wrappers are the same to six tenths.
        string[] endings =
        [
            " Quote no source by name. Keep every figure in SI units. Close with the line: end of record.",
            " Answer as a table of two columns. Spell out every symbol. Use the past tense throughout.",
            " Number the paragraphs from nought. Leave adjectives out. Say at the top how sure you are.",
            " Write for a reader at sea. Mention the weather once. Stop before the third example.",
            " Begin where the hardest part is. Give the units in brackets. Mark guesses with a star.",
        ];
        var ring = endings.Select((ending, account) => Exchanges.Ring(1, 60, name: $"one-{account}", ending: ending, from: account * 1_000));

        var snapshot = Analyse(Exchanges.InOrder([.. ring]));

        var named = snapshot.Verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest);
        Assert.InRange(named, 4, 5);
        var campaign = Assert.Single(snapshot.Campaigns);
        Assert.InRange(campaign.Accounts.Count, 4, named);
        Assert.All(campaign.Links, link => Assert.InRange(int.Parse(Regex.Match(link.Text, "([0-9]+) % of the wrapper").Groups[1].Value, CultureInfo.InvariantCulture), 20, 59));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(3, false)]
    [InlineData(0, false)]
    public void Snapshot_AccountWithARingsWrapperAndNoneOfItsCards_IsLeftOutWhereTheOthersAreTied(int paying, bool leftOut)
    {
        // The first to come is the one whom the others are found to be like.
        var cards = Enumerable.Range(1, paying).Select(account => Paying($"ring-{account:D2}", account % 2 == 0 || account == paying ? "card-1" : "card-2"));

        var snapshot = Analyse(Exchanges.Ring(6, 60), [.. cards, Paying("ring-00", "card-of-its-own")]);

        Assert.Equal(6, snapshot.Verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest));
        Assert.Equal(!leftOut, Assert.Single(snapshot.Campaigns).Accounts.Contains("ring-00"));
        Assert.Equal(leftOut ? 5 : 6, snapshot.Campaigns[0].Accounts.Count);
    }

    [Theory]
    [InlineData(true, true, 0, 1)]
    [InlineData(true, false, 0, 2)]
    [InlineData(false, true, 0, 2)]
    [InlineData(true, true, 40, 2)]
    public void Snapshot_TwoWordingsWithOneRareClient_AreOneCampaignWhereAMailDomainCrossesToo(bool client, bool domain, int others, int expected)
    {
        // One account of each wording has an address of the domain: by itself that ties a sixth of either.
        var registrations = domain ? new[] { "first-00", "second-00" }.Select(account => new RegistrationRecord { Account = account, Email = $"{account}@lab.example" }) : [];
        var rings = Exchanges.InOrder(Exchanges.Ring(6, 60, name: "first", ending: First), Exchanges.Ring(6, 60, name: "second", ending: Second, from: 5_000))
            .Select(record => client ? Connecting(record) : record);

        var snapshot = Analyse(Exchanges.InOrder(rings, Exchanges.People(40, 3).Take(others * 3).Select(Connecting)), registrations);

        Assert.Equal(expected, snapshot.Campaigns.Count);
        Assert.Equal(expected == 1, snapshot.Campaigns.SelectMany(campaign => campaign.Links).Any(link => link.Kind is "SHARED_CLIENT" or "SHARED_EMAIL_DOMAIN"));
    }

    [Fact]
    public void Snapshot_RingLargerThanAPublicPrompt_IsNamedToItsLastAccount()
    {
        const int accounts = 4_200;
        var snapshot = Analyse(Exchanges.Ring(accounts, 30));

        Assert.Equal(accounts, snapshot.Verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest));
        Assert.Equal(accounts, Assert.Single(snapshot.Campaigns).Accounts.Count);
    }

    [Fact]
    public void Snapshot_CustomersOfADeclaredReseller_AreWatchedAndJoinNoCampaign()
    {
        var resold = Exchanges.Ring(6, 60).Select(record => record with { EndCustomer = record.Account, Account = "shop" });
        var reseller = new RegistrationRecord { Account = "shop", Reseller = true };

        var snapshot = Analyse(Exchanges.InOrder(resold, Exchanges.Ring(6, 60, name: "own", from: 5_000)), [reseller]);

        Assert.Equal(Verdict.Watch, snapshot.Verdicts.Single(verdict => verdict.Account == "shop").Verdict);
        Assert.DoesNotContain("shop", Assert.Single(snapshot.Campaigns).Accounts);
    }

    private static ExchangeRecord Conversing(ExchangeRecord record) => record with
    {
        Request = record.Request with { Messages = [new ChatMessage("user", "Hello"), new ChatMessage("assistant", "Hello. What can I do?"), .. record.Request.Messages!] },
    };

    private static ExchangeRecord Connecting(ExchangeRecord record) => record with { Client = new ClientEvidence { Tls = "t13d1715h2_5b57614c22b0_93c746dc12af" } };

    private static RegistrationRecord Paying(string account, string card) => new() { Account = account, Payment = new PaymentEvidence { Fingerprint = card } };

    private static AnalysisSnapshot Analyse(IEnumerable<ExchangeRecord> records, IEnumerable<RegistrationRecord>? registrations = null) => Exchanges.Analyse(records, CalibrationSet.Shipped, registrations);
}
