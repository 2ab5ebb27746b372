using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Groups of two and three accounts, and accounts that are odd by themselves and keep company.</summary>
public sealed class SmallGroupTests
{
    private static readonly ControlScores NobodyIsUnusual = new() { Size = 9, Highest = [.. Enumerable.Repeat(1e9, 9)] };

    private static readonly ControlScores EverybodyIsUnusual = ControlScores.Of(Enumerable.Repeat(-1e9, 9_999), keep: 600);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Snapshot_FewAccountsWithOneWrapper_AreOneCampaign(int accounts)
    {
        var snapshot = Exchanges.Analyse(Exchanges.Ring(accounts, 120), CalibrationSet.Shipped);

        Assert.Equal(accounts, Assert.Single(snapshot.Campaigns).Accounts.Count);
        Assert.All(snapshot.Verdicts, verdict => Assert.Equal(Verdict.Harvest, verdict.Verdict));
    }

    [Fact]
    public void Snapshot_PairThatSharesWhatEachSendsNowAndThen_IsNoCampaign()
    {
        // The wrapper is in every fourth exchange: half of what an account sends most would make it its main use.
        var now = Exchanges.Ring(2, 40, hoursBetween: 4);
        var mostly = Exchanges.Ring(2, 160, ending: " Weigh each clause in turn.").Select(record => record with
        {
            Id = "own-" + record.Id,
            Request = record.Request with { Messages = [new ChatMessage("system", $"You look after the ledger of {record.Account}."), new ChatMessage("user", $"Book the entry {record.Id}.")] },
        });

        var snapshot = Exchanges.Analyse(Exchanges.InOrder(now, mostly), CalibrationSet.Shipped with { AccountAlpha = 0 });

        Assert.Empty(snapshot.Campaigns);
    }

    [Fact]
    public void Snapshot_CalibrationWithoutSmallGroups_JudgesNone()
    {
        var snapshot = Exchanges.Analyse(Exchanges.Ring(3, 120), CalibrationSet.Shipped with { SmallGroups = null });

        Assert.Empty(snapshot.Campaigns);
    }

    [Theory]
    [InlineData(true, true, 5)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    public void Snapshot_AccountsOddByThemselves_AreNamedWhereTheirGroupIsCoordinated(bool areOdd, bool isCoordinated, int expected)
    {
        var snapshot = Exchanges.Analyse(Exchanges.Ring(5, 120), Judging(areOdd, isCoordinated));

        Assert.Equal(expected, snapshot.Campaigns.Sum(campaign => campaign.Accounts.Count));
        Assert.Equal(expected, snapshot.Verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest));
        Assert.All(snapshot.Campaigns, campaign => Assert.True(campaign.PValue <= CalibrationSet.Shipped.AccountAlpha));
    }

    [Fact]
    public void Snapshot_OneOddAccountInACoordinatedGroup_HasNoCompany()
    {
        // Four of the five are too new for a checkpoint of their own.
        var few = Exchanges.InOrder(Exchanges.Ring(5, 20), Exchanges.Ring(1, 100).Select(record => record with { Id = "more-" + record.Id, At = record.At.AddDays(2) }));

        var snapshot = Exchanges.Analyse(few, Judging(areOdd: true, isCoordinated: true));

        Assert.DoesNotContain(snapshot.Verdicts, verdict => verdict.Verdict == Verdict.Harvest);
    }

    // No group is rare as a whole, and no account shows two kinds of evidence by itself.
    private static CalibrationSet Judging(bool areOdd, bool isCoordinated)
    {
        var together = areOdd ? EverybodyIsUnusual : NobodyIsUnusual;
        var controls = new AccountControls { Structure = NobodyIsUnusual, Elicitation = NobodyIsUnusual, Pace = NobodyIsUnusual, Content = NobodyIsUnusual, Together = together };
        return CalibrationSet.Shipped with
        {
            GroupAlpha = 0,
            GroupCoordination = isCoordinated ? EverybodyIsUnusual : NobodyIsUnusual,
            SmallGroups = null,
            AccountBands = [.. CalibrationSet.Shipped.AccountBands.Select(band => band with { Controls = [controls, controls, controls] })],
        };
    }
}
