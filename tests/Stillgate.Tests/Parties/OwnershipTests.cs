using Stillgate.Parties.Ownership;
using Xunit;

namespace Stillgate.Tests.Parties;

public sealed class OwnershipTests
{
    [Fact]
    public void Answer_SeveralProofs_ShowsTheSmallest()
    {
        // Directly 30 + 20 by two holdings of two listed parties; or 50 through one company that X holds by 60: also two holdings.
        // The single holding of Y in A over Z needs three. The smallest is two.
        var snapshot = new LedgerBuilder().Listed("X").Listed("Y")
            .Holds("X", "B", ShareRange.Exact(60)).Holds("B", "A", ShareRange.Exact(50))
            .Holds("X", "A", ShareRange.Exact(20)).Holds("Y", "A", ShareRange.Exact(10)).Holds("Z", "A", ShareRange.Exact(20))
            .Snapshot(LedgerBuilder.HalfOrMore);

        var answer = snapshot.Answer("A");

        Assert.Equal(Standing.Restricted, answer.Standing);
        Assert.True(answer.IsSmallest);
        Assert.Equal(["B>A", "X>B"], answer.Holdings.Select(holding => $"{holding.Owner}>{holding.Owned}").Order(StringComparer.Ordinal));
        Assert.Equal(["sdn 2026-05-01"], answer.ListVersions);
    }

    [Fact]
    public void Answer_ShareWithinBoundsAroundThreshold_NamesTheShareThatSettlesIt()
    {
        var answer = new LedgerBuilder().Listed("X")
            .Holds("X", "A", ShareRange.Between(25, 50)).Holds("P", "A", ShareRange.Exact(50)).Snapshot(LedgerBuilder.HalfOrMore).Answer("A");

        Assert.Equal(Standing.Undetermined, answer.Standing);
        var fact = Assert.Single(answer.Settling);
        Assert.True(fact is { CanClear: true, CanRestrict: true });
        Assert.Equal("what share of A X holds (now 25 to 50 %)", fact.Question);
    }

    [Fact]
    public void StandingOf_OthersHoldMoreThanTheRest_IsClearWhateverTheUnknownShare()
    {
        var snapshot = new LedgerBuilder().Listed("X")
            .Holds("X", "A", ShareRange.Unknown).Holds("P", "A", ShareRange.Between(51, 80)).Snapshot(LedgerBuilder.HalfOrMore);

        Assert.Equal(Standing.Clear, snapshot.StandingOf("A"));
    }

    [Fact]
    public void StandingOf_ClosedLoopWithoutListedParty_IsClear()
    {
        var snapshot = new LedgerBuilder().Listed("X")
            .Holds("A", "B", ShareRange.Exact(100)).Holds("B", "A", ShareRange.Exact(90)).Holds("X", "A", ShareRange.Exact(10))
            .Snapshot(LedgerBuilder.HalfOrMore);

        Assert.Equal(Standing.Clear, snapshot.StandingOf("A"));
        Assert.Equal(Standing.Clear, snapshot.StandingOf("B"));
    }

    [Theory]
    [InlineData("X", "Y", Standing.Restricted)]
    [InlineData("X", "P", Standing.Undetermined)]
    [InlineData("P", "Q", Standing.Clear)]
    public void StandingOf_BlockHeldJointly_CountsForCertainOnlyWhereAllHoldersCount(string first, string second, Standing wanted)
    {
        var ledger = new LedgerBuilder().Listed("X").Listed("Y");
        foreach (var owner in new[] { first, second })
        {
            ledger.Holds(new HoldingFact
            {
                Id = "j" + owner, Owner = owner, Owned = "A", JointGroup = "block", Share = ShareRange.Exact(60), RecordedAt = LedgerBuilder.Day, Source = "test",
            });
        }

        Assert.Equal(wanted, ledger.Snapshot(LedgerBuilder.HalfOrMore).StandingOf("A"));
    }

    [Theory]
    [InlineData("X", Standing.Restricted)]
    [InlineData("P", Standing.Clear)]
    [InlineData("", Standing.Undetermined)]
    public void StandingOf_HoldingOfANominee_CountsForWhomItIsHeld(string onBehalfOf, Standing wanted)
    {
        var ledger = new LedgerBuilder().Listed("X").Holds(new HoldingFact
        {
            Id = "n", Owner = "N", Owned = "A", OnBehalfOf = onBehalfOf, Share = ShareRange.Exact(80), RecordedAt = LedgerBuilder.Day, Source = "test",
        });

        Assert.Equal(wanted, ledger.Snapshot(LedgerBuilder.HalfOrMore).StandingOf("A"));
    }

    [Theory]
    [InlineData(50, "ZZ", Standing.Clear)]
    [InlineData(51, "ZZ", Standing.Restricted)]
    [InlineData(51, null, Standing.Undetermined)]
    [InlineData(51, "US", Standing.Clear)]
    public void StandingOf_MajorityByHeadquarters_NeedsMoreThanHalfAndAKnownPlace(int percent, string? headquarters, Standing wanted)
    {
        var snapshot = new LedgerBuilder().Party("P", headquarters).Party("A", "SG").Holds("P", "A", ShareRange.Exact(percent))
            .Snapshot(LedgerBuilder.MajorityFromAbroad);

        Assert.Equal(wanted, snapshot.StandingOf("A"));
    }

    [Fact]
    public void StandingOf_ControlWithoutShare_CountsOnlyWhereTheTestSaysSo()
    {
        var ledger = new LedgerBuilder().Listed("X").Holds("X", "A", ShareRange.Exact(0), HoldingKind.Control);

        Assert.Equal(Standing.Clear, ledger.Snapshot(LedgerBuilder.HalfOrMore).StandingOf("A"));
        Assert.Equal(Standing.Restricted, ledger.Snapshot(LedgerBuilder.HalfOrMore with { CountsControl = true }).StandingOf("A"));
    }

    [Fact]
    public void Answer_OwnersUnreported_AsksForThemWhereTheTestDoesNotAssumeThem()
    {
        var ledger = new LedgerBuilder().Listed("X").Holds("P", "A", ShareRange.Exact(40)).Party("P", "US", PartyKind.Person);

        var cautious = ledger.Snapshot(LedgerBuilder.HalfOrMore with { Unreported = UnreportedOwners.MayBeSought }).Answer("A");

        Assert.Equal(Standing.Clear, ledger.Snapshot(LedgerBuilder.HalfOrMore).StandingOf("A"));
        Assert.Equal(Standing.Undetermined, cautious.Standing);
        Assert.Equal("who owns the other 60 % of A (settles it either way)", Assert.Single(cautious.Settling).ToString());
    }

    [Fact]
    public void StandingOf_DayBeforeAndDayOfCrossing_Differ()
    {
        var crossing = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var ledger = new LedgerBuilder().Listed("X").Holds("X", "A", ShareRange.Exact(49)).Ledger;
        ledger.Add(new HoldingFact
        {
            Id = "X>A", Owner = "X", Owned = "A", Share = ShareRange.Exact(50), ValidFrom = crossing, RecordedAt = LedgerBuilder.Day, Source = "test",
        });
        var later = crossing.AddYears(1);

        Assert.Equal(Standing.Clear, OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore, crossing.AddTicks(-1), later).StandingOf("A"));
        Assert.Equal(Standing.Restricted, OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore, crossing, later).StandingOf("A"));
    }

    [Fact]
    public void StandingOf_FactRecordedLater_IsNotReadWhenAskedWhatWasKnown()
    {
        var ledger = new LedgerBuilder().Listed("X").Ledger;
        ledger.Add(new HoldingFact
        {
            Id = "X>A", Owner = "X", Owned = "A", Share = ShareRange.Exact(100), RecordedAt = LedgerBuilder.Day.AddDays(10), Source = "test",
        });

        Assert.Equal(Standing.Clear, OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore, LedgerBuilder.Day, LedgerBuilder.Day).StandingOf("A"));
        Assert.Equal(Standing.Restricted, OwnershipSnapshot.Build(ledger, LedgerBuilder.HalfOrMore, LedgerBuilder.Day, LedgerBuilder.Day.AddDays(10)).StandingOf("A"));
    }
}
